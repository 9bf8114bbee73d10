/// A full CPython version, as a runenv's directory name carries it: `3.13.5`, `3.14.0rc1`.
package struct PythonVersion: Hashable, Sendable {
  package let major: Int
  package let minor: Int
  package let patch: Int
  /// `a1`, `b2` or `rc1`; nil for a final release.
  package let prerelease: String?

  package init(_ major: Int, _ minor: Int, _ patch: Int, prerelease: String? = nil) {
    self.major = major
    self.minor = minor
    self.patch = patch
    self.prerelease = prerelease
  }

  /// `3.13`: what directories, ABI tags and the standard library go by.
  package var minorVersion: String { "\(major).\(minor)" }
}

extension PythonVersion: CustomStringConvertible {
  package init(parsing text: String) throws(ParseError) {
    var scanner = TextScanner(text)
    var numbers: [Int] = []
    repeat {
      let digits = scanner.take { $0.isDigit }
      guard digits.utf8.count <= 3, let number = Int(digits) else { throw Self.error(text) }
      numbers.append(number)
    } while numbers.count < 3 && scanner.take(".")
    guard numbers.count == 3 else { throw Self.error(text) }
    let suffix = scanner.rest
    guard suffix.isEmpty || suffix.isPrerelease else { throw Self.error(text) }
    self.init(numbers[0], numbers[1], numbers[2], prerelease: suffix.isEmpty ? nil : suffix)
  }

  private static func error(_ text: String) -> ParseError {
    ParseError(expected: "Python version", text: text, hint: "write all three parts, as in 3.13.5")
  }

  package var description: String { "\(major).\(minor).\(patch)\(prerelease ?? "")" }
}

extension PythonVersion: Comparable {
  package static func < (left: PythonVersion, right: PythonVersion) -> Bool {
    let (a, b) = ((left.major, left.minor, left.patch), (right.major, right.minor, right.patch))
    guard a == b else { return a < b }
    switch (left.prerelease, right.prerelease) {
    case (let early?, let late?): return early.precedes(late)
    case (.some, nil): return true
    case (nil, _): return false
    }
  }
}

extension String {
  /// Whether it is `a`, `b` or `rc` with a number of at most three digits.
  fileprivate var isPrerelease: Bool {
    var scanner = TextScanner(self)
    guard scanner.take("a") || scanner.take("b") || scanner.take("rc") else { return false }
    let digits = scanner.take { $0.isDigit }
    return (1...3).contains(digits.utf8.count) && scanner.isAtEnd
  }

  /// Whether `a9` comes before `a10`: letters first, then the number behind them.
  fileprivate func precedes(_ other: String) -> Bool {
    let (stage, otherStage) = (prefix { $0.isLetter }, other.prefix { $0.isLetter })
    let (number, otherNumber) = (
      Int(dropFirst(stage.count)) ?? 0, Int(other.dropFirst(otherStage.count)) ?? 0
    )
    return (String(stage), number) < (String(otherStage), otherNumber)
  }
}

extension PythonVersion: TextCodable {}
