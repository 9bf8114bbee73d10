import Model

/// A module option's value as the command line would write it: `loglog`, `12`, `true`.
package struct OptionText: Hashable, Sendable {
  package let text: String

  /// What a string, a number or a boolean says; nil for other nodes.
  init?(_ node: Node) {
    switch node.content {
    case .string(let text), .number(let text): self.text = text
    case .boolean(let value): text = String(value)
    case .null, .sequence, .mapping: return nil
    }
  }
}
