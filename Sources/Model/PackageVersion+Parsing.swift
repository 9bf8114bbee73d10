extension PackageVersion {
  /// Reads every spelling that PEP 440 allows: `v1.0`, `1.0-alpha.1`, `1.0-1` (a post release).
  ///
  /// A number of more than 18 digits is refused.
  package init(parsing text: String) throws(ParseError) {
    var reader = VersionReader(text)
    guard let version = reader.version() else {
      throw ParseError(
        expected: "version", text: text,
        hint: "write it as PEP 440 has it, as in 1.15.3, 2.0rc1 or 2.7.0+cu126")
    }
    self = version
  }
}

/// Takes a version's parts in the order in which they must come.
private struct VersionReader {
  private var scanner: TextScanner

  init(_ text: String) { scanner = TextScanner(text.lowercased()) }

  mutating func version() -> PackageVersion? {
    scanner.skipSpaces()
    _ = scanner.take("v")
    guard var first = number() else { return nil }
    var epoch = 0
    if scanner.take("!") {
      guard let next = number() else { return nil }
      (epoch, first) = (first, next)
    }
    var release = [first]
    while scanner.current == UInt8(ascii: "."), scanner.peek(1)?.isDigit == true {
      scanner.advance()
      guard let next = number() else { return nil }
      release.append(next)
    }
    let stage = stage()
    let post = post()
    let dev = labelled("dev")
    guard let local = local() else { return nil }
    scanner.skipSpaces()
    guard scanner.isAtEnd else { return nil }
    return PackageVersion(
      epoch: epoch, release: release, stage: stage?.0, stageNumber: stage?.1 ?? 0, post: post, dev: dev,
      localParts: local)
  }

  private mutating func number() -> Int? {
    let digits = scanner.take { $0.isDigit }
    return digits.utf8.count <= 18 ? Int(digits) : nil
  }

  /// A label with what may stand before and after it, and its number, 0 if it has none.
  private mutating func labelled(_ labels: StaticString...) -> Int? {
    let start = scanner.index
    if let byte = scanner.current, byte.isSeparator { scanner.advance() }
    for label in labels where scanner.take(label) {
      let end = scanner.index
      if let byte = scanner.current, byte.isSeparator { scanner.advance() }
      if let number = number() { return number }
      scanner.rewind(to: end)
      return 0
    }
    scanner.rewind(to: start)
    return nil
  }

  private mutating func stage() -> (PackageVersion.Stage, Int)? {
    if let number = labelled("alpha", "a") { return (.alpha, number) }
    if let number = labelled("beta", "b") { return (.beta, number) }
    if let number = labelled("preview", "pre", "rc", "c") { return (.candidate, number) }
    return nil
  }

  private mutating func post() -> Int? {
    if scanner.current == UInt8(ascii: "-"), scanner.peek(1)?.isDigit == true {
      scanner.advance()
      return number()
    }
    return labelled("post", "rev", "r")
  }

  /// The parts behind `+`; none when there is no `+`, nil when something else follows it.
  private mutating func local() -> [PackageVersion.LocalPart]? {
    guard scanner.take("+") else { return [] }
    var parts: [PackageVersion.LocalPart] = []
    repeat {
      let part = scanner.take { $0.isAlphanumeric }
      guard !part.isEmpty else { return nil }
      let isNumber = part.utf8.allSatisfy(\.isDigit)
      if isNumber, let number = Int(part) { parts.append(.number(number)) } else { parts.append(.word(part)) }
      guard let byte = scanner.current, byte.isSeparator else { break }
      scanner.advance()
    } while true
    return parts
  }
}
