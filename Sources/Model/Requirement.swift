/// What a runenv asks for (PEP 508): `scipy[x]>=1,<2; sys_platform == 'linux'`, or a bare `git+https://…` URL.
package struct Requirement: Hashable, Sendable {
  package let name: PackageName
  /// The extras in their normalised form (PEP 685), in the order given, each once.
  package let extras: [String]
  /// The version specifiers without spaces, joined by commas; empty when any version will do.
  package let specifiers: String
  /// Where the package comes from, when it is not an index.
  package let url: String?
  /// The environment marker as given, without the semicolon.
  package let marker: String?
  /// Whether it was written as the URL alone; its name is then read from the URL.
  package let isBareURL: Bool

  package init(
    name: PackageName, extras: [String] = [], specifiers: String = "", url: String? = nil,
    marker: String? = nil,
    isBareURL: Bool = false
  ) {
    self.name = name
    self.extras = extras
    self.specifiers = specifiers
    self.url = url
    self.marker = marker
    self.isBareURL = isBareURL
  }

  /// The same requirement at another version: extras and marker stay, a URL goes.
  ///
  /// A plain version is pinned, `1.15.3` as `==1.15.3`; specifiers stay what they are.
  ///
  /// - Throws: `ParseError` when `version` is neither.
  package func pinned(to version: String) throws(ParseError) -> Requirement {
    Requirement(name: name, extras: extras, specifiers: try Self.specifiers(pinning: version), marker: marker)
  }

  /// The specifiers that an override's text stands for: `1.15.3`, `1.15.*` or `>=1,<2`.
  package static func specifiers(pinning version: String) throws(ParseError) -> String {
    var scanner = TextScanner(version)
    scanner.skipSpaces()
    let isPlain = scanner.current.map { $0.isAlphanumeric } ?? false
    let text = isPlain ? "==" + version : version
    guard let specifiers = normalizedSpecifiers(text), !specifiers.isEmpty else {
      throw ParseError(
        expected: "version or version specifier", text: version,
        hint: "write a version, as in 1.15.3, or >=1,<2")
    }
    return specifiers
  }
}

extension Requirement: CustomStringConvertible {
  /// The requirement as PEP 508 and installers read it; a bare URL stays bare.
  package var description: String {
    var text = name.normalized
    if !extras.isEmpty { text += "[\(extras.joined(separator: ","))]" }
    if let url { text = isBareURL ? url : "\(text) @ \(url)" }
    text += specifiers
    // Behind a URL the space keeps the semicolon from being part of it.
    if let marker { text += url == nil ? "; \(marker)" : " ; \(marker)" }
    return text
  }
}

extension Requirement: TextCodable {}
