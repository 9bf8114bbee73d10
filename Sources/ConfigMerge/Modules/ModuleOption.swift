package import Model

/// Something that can be chosen when a module is added.
package struct ModuleOption: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case text
    case integer
    case number
    case boolean
    /// One of these words.
    case choice([String])
  }

  /// A Python identifier.
  package let name: String
  package let kind: Kind
  /// Without one the user is asked.
  package let `default`: OptionValue?
  package let help: String
  package let position: SourcePosition

  /// The value that a text on the command line stands for.
  package func value(parsing text: String) throws(ParseError) -> OptionValue {
    switch kind {
    case .text: return .text(text)
    case .integer:
      guard let value = Int(text) else { throw error(text, "whole number", hint: nil) }
      return .integer(value)
    case .number:
      guard let value = Double(text), value.isFinite else { throw error(text, "number", hint: nil) }
      return .number(value)
    case .boolean:
      switch text {
      case "true": return .boolean(true)
      case "false": return .boolean(false)
      default: throw error(text, "boolean", hint: "write true or false")
      }
    case .choice(let choices):
      guard !choices.contains(text) else { return .text(text) }
      let hint =
        nearest(to: text, in: choices).map { "did you mean '\($0)'?" }
        ?? "the choices are \(choices.joined(separator: ", "))"
      throw error(text, "choice", hint: hint)
    }
  }

  private func error(_ text: String, _ kind: String, hint: String?) -> ParseError {
    ParseError(expected: "\(kind) for the option '\(name)'", text: text, hint: hint)
  }

  /// What templates know of every module, whatever its options.
  package static let reservedNames = ["name", "package", "version", "summary", "python"]

  /// What the template language keeps for itself, in lower case.
  static let templateWords: Set<String> = [
    "and", "block", "break", "call", "continue", "do", "elif", "else", "endblock", "endcall", "endfilter",
    "endfor", "endif", "endmacro", "endraw", "endset", "extends", "false", "filter", "for", "from", "if",
    "import", "in", "include", "is", "loop", "macro", "none", "not", "or", "raw", "recursive", "self", "set",
    "true",
  ]
}

extension ModuleOption.Kind {
  static let names = ["text", "integer", "number", "boolean", "choice"]

  /// As the manifest writes it.
  package var name: String {
    switch self {
    case .text: "text"
    case .integer: "integer"
    case .number: "number"
    case .boolean: "boolean"
    case .choice: "choice"
    }
  }

  /// The value of a manifest's node; nil when it is of another kind, or none of the choices.
  func value(of node: Node) -> OptionValue? {
    switch self {
    case .text: return node.string.map(OptionValue.text)
    case .integer: return node.integer.map(OptionValue.integer)
    case .boolean: return node.boolean.map(OptionValue.boolean)
    case .choice(let choices): return node.string.flatMap { choices.contains($0) ? .text($0) : nil }
    case .number:
      if let whole = node.integer { return .number(Double(whole)) }
      guard case .number(let text) = node.content, let value = Double(text), value.isFinite else {
        return nil
      }
      return .number(value)
    }
  }
}
