/// Checks that a text is an environment marker (PEP 508); it does not evaluate it.
struct MarkerReader {
  static let variables = [
    "os_name", "sys_platform", "platform_machine", "platform_python_implementation", "platform_release",
    "platform_system", "platform_version", "python_version", "python_full_version", "implementation_name",
    "implementation_version", "extra",
  ]
  private static let maximumDepth = 50

  private var scanner: TextScanner
  private var depth = 0

  init(_ text: String) { scanner = TextScanner(text) }

  /// What to change to make it a marker, nil when it is one.
  mutating func problem() -> String? {
    if let problem = alternatives() { return problem }
    scanner.skipSpaces()
    return scanner.isAtEnd
      ? nil : "the marker ends before '\(scanner.rest)'; join comparisons with 'and' or 'or'"
  }

  /// Comparisons joined by `and` and `or`; which binds tighter makes no difference to whether it is well-formed.
  private mutating func alternatives() -> String? {
    repeat {
      if let problem = comparison() { return problem }
    } while takeWord("and") || takeWord("or")
    return nil
  }

  private mutating func comparison() -> String? {
    scanner.skipSpaces()
    if scanner.take("(") {
      depth += 1
      guard depth <= Self.maximumDepth else { return "the marker's parentheses nest too deeply" }
      if let problem = alternatives() { return problem }
      scanner.skipSpaces()
      depth -= 1
      return scanner.take(")") ? nil : "a '(' in the marker is not closed"
    }
    if let problem = operand() { return problem }
    guard takeOperator() else { return "the marker lacks a comparison, as in python_version < '3.12'" }
    return operand()
  }

  private mutating func operand() -> String? {
    scanner.skipSpaces()
    if let quote = scanner.current, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
      scanner.advance()
      _ = scanner.take { $0 != quote }
      guard !scanner.isAtEnd else { return "a quote in the marker is not closed" }
      scanner.advance()
      return nil
    }
    let word = scanner.take { $0.isNamePart && $0 != UInt8(ascii: "-") }
    if Self.variables.contains(word) { return nil }
    if word.isEmpty {
      return "a marker compares a variable with a quoted text, as in sys_platform == 'linux'"
    }
    guard let near = nearest(to: word, in: Self.variables) else {
      return "put '\(word)' in the marker in quotes"
    }
    return "did you mean '\(near)' in the marker?"
  }

  private mutating func takeOperator() -> Bool {
    scanner.skipSpaces()
    if takeWord("in") { return true }
    if takeWord("not") { return takeWord("in") }
    return scanner.take("===") || scanner.take("==") || scanner.take("!=") || scanner.take("~=")
      || scanner.take("<=") || scanner.take(">=") || scanner.take("<") || scanner.take(">")
  }

  private mutating func takeWord(_ word: StaticString) -> Bool {
    scanner.skipSpaces()
    let start = scanner.index
    if scanner.take(word), scanner.current.map({ !$0.isNamePart }) ?? true { return true }
    scanner.rewind(to: start)
    return false
  }
}
