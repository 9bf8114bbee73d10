package import Model

/// A value read from a configuration file, JSON or YAML, with the place it starts at.
package struct Node: Sendable, Hashable {
  package indirect enum Content: Sendable, Hashable {
    case null
    case boolean(Bool)
    /// A number as it is written; what is read from it decides whether it fits.
    case number(String)
    case string(String)
    case sequence([Node])
    /// In the file's order; no key occurs twice.
    case mapping([Entry])
  }

  package struct Entry: Sendable, Hashable {
    package let key: String
    package let keyPosition: SourcePosition
    package let value: Node
  }

  package let content: Content
  package let position: SourcePosition

  package init(_ content: Content, at position: SourcePosition) {
    self.content = content
    self.position = position
  }

  /// How deep mappings and sequences may nest.
  static let maximumDepth = 64
}

extension Node {
  /// What kind of value it is, as messages name it.
  var kind: String {
    switch content {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .number: "a number"
    case .string: "a string"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  var isNull: Bool { content == .null }

  /// The text; nil when it is no string.
  package var string: String? {
    if case .string(let text) = content { text } else { nil }
  }

  var boolean: Bool? {
    if case .boolean(let value) = content { value } else { nil }
  }

  /// The value of a whole number that fits; YAML's `0x` and `0o` forms included.
  var integer: Int? {
    guard case .number(let text) = content else { return nil }
    if text.hasPrefix("0x") { return Int(text.dropFirst(2), radix: 16) }
    if text.hasPrefix("0o") { return Int(text.dropFirst(2), radix: 8) }
    return Int(text)
  }

  /// The elements; none when it is no sequence.
  var elements: [Node] {
    if case .sequence(let nodes) = content { nodes } else { [] }
  }

  /// The entries; none when it is no mapping.
  package var entries: [Entry] {
    if case .mapping(let entries) = content { entries } else { [] }
  }

  /// The value of a known key.
  subscript(key: Key) -> Node? { entries.first { $0.key == key.rawValue }?.value }
}
