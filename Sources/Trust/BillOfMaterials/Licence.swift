import Model

/// What a package says its licence is, as a bill of materials can say it.
enum Licence: Hashable {
  /// A licence that SPDX has a name for: `BSD-3-Clause`.
  case identifier(String)
  /// Several of them, or one with something to it: `MIT OR Apache-2.0`.
  case expression(String)
  /// Anything else, cut to its first line.
  case words(String)

  /// Nil for nothing but white space.
  ///
  /// What people write for a licence of one name is taken for that name; what could mean several, `BSD License`, isn't.
  init?(_ text: String) {
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !words.isEmpty else { return nil }
    if let expression = try? LicenceExpression(parsing: words) {
      self.init(expression)
    } else if let expression = LicenceExpression(stated: words), expression.isPlain {
      self.init(expression)
    } else {
      self = .words(words)
    }
  }

  private init(_ expression: LicenceExpression) {
    if case .licence(let name, nil) = expression, expression.isPlain, !name.hasSuffix("+") {
      self = .identifier(name)
    } else {
      self = .expression(expression.description)
    }
  }
}

extension LicenceExpression {
  /// Whether every licence in it is one that SPDX has a name for.
  fileprivate var isPlain: Bool { !licences.contains { $0.hasPrefix("LicenseRef-") } }
}
