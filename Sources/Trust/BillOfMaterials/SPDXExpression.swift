/// An SPDX licence expression (annex D of the SPDX specification, which PEP 639 asks for).
package struct SPDXExpression: Hashable, Sendable {
  /// The names as SPDX writes them, operators in capitals.
  package let text: String
  /// Every licence that it names, in their order; what follows `WITH` is none.
  package let licences: [String]

  /// Nil for what is no expression, or names a licence that SPDX does not have.
  package init?(_ text: String) {
    guard text.utf8.count <= 2_000 else { return nil }
    let spaced = text.replacing("(", with: " ( ").replacing(")", with: " ) ")
    var reader = Reader(tokens: spaced.split(whereSeparator: \.isWhitespace).map(String.init))
    guard reader.expression(), reader.next == nil else { return nil }
    self.text = reader.spelled.joined(separator: " ")
      .replacing("( ", with: "(").replacing(" )", with: ")")
    licences = reader.licences
  }

  private struct Reader {
    let tokens: [String]
    private var position = 0
    private(set) var spelled: [String] = []
    private(set) var licences: [String] = []

    init(tokens: [String]) { self.tokens = tokens }

    var next: String? { position < tokens.count ? tokens[position] : nil }

    /// Terms with `AND` and `OR` between; of no use here is which of the two binds more.
    mutating func expression() -> Bool {
      guard term() else { return false }
      while takes("AND") || takes("OR") { guard term() else { return false } }
      return true
    }

    private mutating func term() -> Bool {
      if takes("(") { return expression() && takes(")") }
      guard let token = next, let name = Self.licence(token) else { return false }
      take(name)
      licences.append(name)
      guard takes("WITH") else { return true }
      guard let exception = next.flatMap({ SPDXIdentifiers.canonical($0) }) else { return false }
      take(exception)
      return true
    }

    private mutating func take(_ text: String) {
      spelled.append(text)
      position += 1
    }

    private mutating func takes(_ word: String) -> Bool {
      guard next?.uppercased() == word else { return false }
      take(word)
      return true
    }

    /// A licence's name, `+` for or later, or a name that a document gives a licence of its own.
    private static func licence(_ token: String) -> String? {
      if token.hasPrefix("LicenseRef-") || token.hasPrefix("DocumentRef-") {
        let rest = token.utf8.dropFirst(11)
        let isNamed = rest.allSatisfy { byte in
          byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
        return isNamed && !rest.isEmpty ? token : nil
      }
      if token.hasSuffix("+"), let name = SPDXIdentifiers.canonical(token.dropLast()) { return name + "+" }
      return SPDXIdentifiers.canonical(token)
    }
  }
}
