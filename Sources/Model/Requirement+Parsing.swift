extension Requirement {
  /// Reads a requirement as PEP 508 has it, or a bare URL.
  ///
  /// A bare URL's name is its `#egg=`, else the project part of a wheel's or sdist's file name, else the
  /// last part of its path without `.git` and revision.
  package init(parsing text: String) throws(ParseError) {
    let trimmed = text.trimmingSpaces
    if trimmed.prefix(while: { $0 != " " }).contains("://"), !trimmed.hasNameBeforeURL {
      self = try Self.bare(trimmed, text: text)
      return
    }
    var scanner = TextScanner(trimmed)
    let nameText = scanner.take { $0.isNamePart }
    guard let name = PackageName(trimmedOf: nameText) else {
      throw Self.error(text, hint: Self.hint(for: trimmed))
    }
    scanner.skipSpaces()
    let extras = try Self.extras(&scanner, of: text)
    scanner.skipSpaces()
    if scanner.take("@") {
      let (url, marker) = try Self.urlAndMarker(scanner.rest, of: text)
      self.init(name: name, extras: extras, url: url, marker: marker)
      return
    }
    let written = scanner.take { $0 != UInt8(ascii: ";") }
    guard let specifiers = normalizedSpecifiers(written.withoutParentheses) else {
      throw Self.error(text, hint: Self.specifierHint(written))
    }
    let marker: String? = scanner.take(";") ? try Self.marker(scanner.rest, of: text) : nil
    self.init(name: name, extras: extras, specifiers: specifiers, marker: marker)
  }

  private static func error(_ text: String, hint: String?) -> ParseError {
    ParseError(expected: "requirement", text: text, hint: hint)
  }

  private static func hint(for text: String) -> String {
    if text.hasPrefix("-") {
      return "options of pip don't go here; see the keys under 'packages' and 'registries'"
    }
    if text.hasPrefix(".") || text.hasPrefix("/") { return "a path is written as 'NAME @ file:///…'" }
    return "write NAME, NAME==1.2.3, NAME[extra]>=1,<2 or NAME @ URL"
  }

  private static func specifierHint(_ written: String) -> String {
    let text = written.trimmingSpaces
    if text.hasPrefix("="), !text.hasPrefix("==") { return "write == for an exact version" }
    if text.utf8.first?.isAlphanumeric == true {
      return "write an operator before the version, as in ==\(text)"
    }
    return "the operators are == != >= <= > < ~= ===, as in >=1,<2"
  }

  private static func extras(_ scanner: inout TextScanner, of text: String) throws(ParseError) -> [String] {
    guard scanner.take("[") else { return [] }
    let inside = scanner.take { $0 != UInt8(ascii: "]") }
    guard scanner.take("]") else { throw error(text, hint: "the '[' is not closed") }
    var extras: [String] = []
    for part in inside.split(separator: ",", omittingEmptySubsequences: true) {
      guard let extra = PackageName(trimmedOf: part.trimmingSpaces) else {
        throw error(text, hint: "extras are names with commas between, as in [fast,io]")
      }
      if !extras.contains(extra.normalized) { extras.append(extra.normalized) }
    }
    return extras
  }

  private static func urlAndMarker(
    _ rest: String, of text: String
  ) throws(ParseError) -> (url: String, marker: String?) {
    let url = rest.trimmingSpaces.prefix { $0 != " " }
    guard url.contains("://") else {
      throw error(text, hint: "a URL follows the '@', as in https:// or git+https://")
    }
    let behind = rest.trimmingSpaces.dropFirst(url.count).trimmingSpaces
    guard !behind.isEmpty else { return (String(url), nil) }
    guard behind.hasPrefix(";") else { throw error(text, hint: "only a marker can follow a URL, after ' ;'") }
    return (String(url), try marker(String(behind.dropFirst()), of: text))
  }

  private static func marker(_ written: String, of text: String) throws(ParseError) -> String {
    var reader = MarkerReader(written)
    if let hint = reader.problem() { throw error(text, hint: hint) }
    return written.trimmingSpaces
  }

  private static func bare(_ trimmed: String, text: String) throws(ParseError) -> Requirement {
    let (url, marker) = try urlAndMarker(trimmed, of: text)
    guard let name = PackageName(trimmedOf: projectName(in: url)) else {
      throw error(text, hint: "the URL doesn't tell the package's name; write 'NAME @ \(url)'")
    }
    return Requirement(name: name, url: url, marker: marker, isBareURL: true)
  }

  private static func projectName(in url: String) -> String {
    let (location, fragment) = url.cut(at: "#")
    for field in fragment.split(separator: "&") where field.hasPrefix("egg=") {
      return String(field.dropFirst(4).prefix { $0 != "[" })
    }
    // Behind the scheme's two slashes the host goes up to the next.
    let withoutHost = location.cut(at: "?").0.split(separator: "/", omittingEmptySubsequences: false)
      .dropFirst(3)
    let path = withoutHost.joined(separator: "/")
    let last = path.split(separator: "/").last.map(String.init) ?? ""
    if last.hasSuffix(".whl") { return last.cut(at: "-").0 }
    if last.hasSuffix(".tar.gz") || last.hasSuffix(".zip"), let dash = last.lastIndex(of: "-") {
      return String(last[..<dash])
    }
    let withoutRevision = last.cut(at: "@").0
    return withoutRevision.hasSuffix(".git") ? String(withoutRevision.dropLast(4)) : withoutRevision
  }
}

extension PackageName {
  /// The name if the text is one.
  fileprivate init?(trimmedOf text: String) {
    do throws(ParseError) { try self.init(parsing: text) } catch { return nil }
  }
}

extension StringProtocol {
  var trimmingSpaces: String {
    var rest = Substring(self)
    while let byte = rest.utf8.first, byte.isSpace { rest = rest.dropFirst() }
    while let byte = rest.utf8.last, byte.isSpace { rest = rest.dropLast() }
    return String(rest)
  }

  /// What comes before and after the first `separator`.
  fileprivate func cut(at separator: Character) -> (String, String) {
    guard let index = firstIndex(of: separator) else { return (String(self), "") }
    return (String(self[..<index]), String(self[self.index(after: index)...]))
  }

  fileprivate var withoutParentheses: String {
    let text = trimmingSpaces
    return text.hasPrefix("(") && text.hasSuffix(")") ? String(text.dropFirst().dropLast()) : text
  }

  /// Whether an `@` that follows a bare name introduces the URL: `name@https://…`.
  fileprivate var hasNameBeforeURL: Bool {
    var scanner = TextScanner(self)
    let name = scanner.take { $0.isNamePart }
    scanner.skipSpaces()
    return !name.isEmpty && (scanner.current == UInt8(ascii: "@") || scanner.current == UInt8(ascii: "["))
  }
}
