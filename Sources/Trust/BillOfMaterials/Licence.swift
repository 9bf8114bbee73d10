/// What a package says its licence is, as a bill of materials can say it.
package enum Licence: Hashable, Sendable {
  /// A licence that SPDX has a name for: `BSD-3-Clause`.
  case identifier(String)
  /// Several of them: `MIT OR Apache-2.0`.
  case expression(String)
  /// Anything else, cut to its first line.
  case words(String)

  /// Nil for nothing but white space.
  ///
  /// What people write most often for a licence of one name is taken for that name; what could mean several isn't.
  package init?(_ text: String) {
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !words.isEmpty else { return nil }
    if let name = SPDXIdentifiers.canonical(words) ?? Self.commonNames[words.lowercased()] {
      self = .identifier(name)
    } else if let expression = SPDXExpression(words) {
      self = .expression(expression.text)
    } else {
      self = .words(words)
    }
  }

  private static let commonNames = [
    "mit license": "MIT", "the mit license": "MIT", "the mit license (mit)": "MIT", "expat": "MIT",
    "apache 2.0": "Apache-2.0", "apache license 2.0": "Apache-2.0", "apache-2": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0", "apache 2.0 license": "Apache-2.0",
    "apache license version 2.0": "Apache-2.0", "apache2": "Apache-2.0", "apache 2": "Apache-2.0",
    "bsd 3-clause": "BSD-3-Clause", "bsd 3-clause license": "BSD-3-Clause", "bsd-3": "BSD-3-Clause",
    "3-clause bsd license": "BSD-3-Clause", "new bsd": "BSD-3-Clause", "new bsd license": "BSD-3-Clause",
    "bsd 2-clause": "BSD-2-Clause", "bsd 2-clause license": "BSD-2-Clause",
    "simplified bsd": "BSD-2-Clause", "python software foundation license": "PSF-2.0",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0", "mpl 2.0": "MPL-2.0",
    "isc license (iscl)": "ISC", "isc license": "ISC", "the unlicense (unlicense)": "Unlicense",
  ]
}
