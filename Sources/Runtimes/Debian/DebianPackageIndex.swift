/// The packages of a suite on one architecture; of several with one name the highest version counts.
///
/// A Packages file is 45 MB of text of which some 30 stanzas are wanted, so only names are looked at until
/// somebody asks for a package.
struct DebianPackageIndex: Sendable {
  private struct Stanza {
    let text: [UInt8]
    let archive: String
  }

  private var stanzas: [String: [Stanza]] = [:]

  /// Adds the stanzas of an archive's Packages file, but for names that neither a Python needs nor a container.
  mutating func add(_ text: [UInt8], archive: String) {
    text.withUnsafeBytes { bytes in
      var rest = UnsafeRawBufferPointer(rebasing: bytes[...])
      while let (stanza, next) = Self.split(rest) {
        if let name = Self.name(of: stanza), Self.isInteresting(name) {
          stanzas[name, default: []].append(Stanza(text: Array(stanza), archive: archive))
        }
        rest = next
      }
    }
  }

  subscript(name: String) -> DebianPackage? {
    (stanzas[name] ?? [])
      .compactMap { DebianPackage(stanza: String(decoding: $0.text, as: UTF8.self), archive: $0.archive) }
      .max { $0.version < $1.version }
  }

  /// The CPython versions that there are, by their minimal packages: `3.11` → `3.11.2`.
  var pythons: [String: DebianVersion] {
    var found: [String: DebianVersion] = [:]
    for name in stanzas.keys {
      guard let match = name.wholeMatch(of: #/python(3\.\d+)-minimal/#), let package = self[name] else {
        continue
      }
      found[String(match.1)] = package.version
    }
    return found
  }

  private static func isInteresting(_ name: String) -> Bool {
    name.hasPrefix("lib") && !name.hasSuffix("-dbgsym") || name.hasPrefix("python3")
      || name.hasPrefix("python-pip")
      || name.hasPrefix("zlib") || ContainerBase.packages.contains(name)
  }

  /// The first stanza and what follows it; nil at the end.
  private static func split(
    _ bytes: UnsafeRawBufferPointer
  ) -> (stanza: UnsafeRawBufferPointer, rest: UnsafeRawBufferPointer)? {
    guard !bytes.isEmpty else { return nil }
    let end = bytes.offset(of: blankLine) ?? bytes.count
    return (
      UnsafeRawBufferPointer(rebasing: bytes[..<end]),
      UnsafeRawBufferPointer(rebasing: bytes[min(end + blankLine.count, bytes.count)...])
    )
  }

  /// The value of the `Package` field.
  private static func name(of stanza: UnsafeRawBufferPointer) -> String? {
    var start = 0
    if !stanza.prefix(field.count).elementsEqual(field) {
      guard let found = stanza.offset(of: [10] + field) else { return nil }
      start = found + 1
    }
    let value = stanza[(start + field.count)...]
    return String(decoding: value.prefix { $0 != 10 }, as: UTF8.self)
  }

  private static let blankLine: [UInt8] = [10, 10]
  private static let field = Array("Package: ".utf8)
}
