extension LicenceExpression {
  /// Reads an expression; letter case of identifiers and operators does not count, as PEP 639 has it.
  ///
  /// Refused are identifiers that are not in SPDX's list, and brackets that nest deeper than 32.
  package init(parsing text: String) throws(ParseError) {
    var reader = LicenceReader(text)
    self = try reader.expression()
  }
}

/// Reads a licence expression from left to right.
private struct LicenceReader {
  private let text: String
  private let words: [Substring]
  private var index = 0
  private var depth = 0

  private static let maximumDepth = 32

  init(_ text: String) {
    self.text = text
    var words: [Substring] = []
    for part in text.split(whereSeparator: \.isWhitespace) {
      var rest = part
      while let bracket = rest.firstIndex(where: { $0 == "(" || $0 == ")" }) {
        if bracket > rest.startIndex { words.append(rest[..<bracket]) }
        words.append(rest[bracket...bracket])
        rest = rest[rest.index(after: bracket)...]
      }
      if !rest.isEmpty { words.append(rest) }
    }
    self.words = words
  }

  mutating func expression() throws(ParseError) -> LicenceExpression {
    let expression = try alternatives()
    guard index == words.count else { throw error("'\(words[index])' is not expected there") }
    return expression
  }

  private mutating func alternatives() throws(ParseError) -> LicenceExpression {
    var parts = [try conjunction()]
    while take("or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(ParseError) -> LicenceExpression {
    var parts = [try simple()]
    while take("and") { parts.append(try simple()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func simple() throws(ParseError) -> LicenceExpression {
    guard index < words.count else { throw error("a licence is missing at its end") }
    guard take("(") else { return try licence() }
    depth += 1
    guard depth <= Self.maximumDepth else { throw error("its brackets nest too deep") }
    let inner = try alternatives()
    guard take(")") else { throw error("a bracket is not closed") }
    depth -= 1
    return inner
  }

  private mutating func licence() throws(ParseError) -> LicenceExpression {
    let word = words[index]
    guard let name = Self.identifier(word) else {
      let near = LicenceExpression.nearestIdentifier(to: String(word)).map { "; did you mean '\($0)'?" } ?? ""
      throw error("'\(word)' is not in SPDX's list of licences" + near)
    }
    index += 1
    guard take("with") else { return .licence(name, exception: nil) }
    guard index < words.count, let exception = LicenceIdentifiers.exception(words[index]) else {
      throw error("what stands behind WITH is not in SPDX's list of exceptions")
    }
    index += 1
    return .licence(name, exception: exception)
  }

  /// The identifier as it is to be written; nil for what is none.
  private static func identifier(_ word: Substring) -> String? {
    if let name = LicenceIdentifiers.licence(word) { return name }
    if word.hasSuffix("+"), let name = LicenceIdentifiers.licence(word.dropLast()) { return name + "+" }
    guard word.lowercased().hasPrefix("licenseref-") else { return nil }
    let rest = word.dropFirst("licenseref-".count)
    let isSound = rest.utf8.allSatisfy { $0.isAlphanumeric || $0 == 0x2D || $0 == 0x2E }
    return rest.isEmpty || !isSound ? nil : "LicenseRef-" + rest
  }

  private mutating func take(_ word: String) -> Bool {
    guard index < words.count, words[index].lowercased() == word else { return false }
    index += 1
    return true
  }

  private func error(_ hint: String) -> ParseError {
    ParseError(expected: "licence expression", text: text, hint: hint)
  }
}
