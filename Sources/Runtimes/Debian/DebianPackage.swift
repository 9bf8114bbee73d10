import Model

/// One package of a Debian archive, as its stanza in a Packages file describes it.
struct DebianPackage: Sendable, Hashable {
  let name: String
  let version: DebianVersion
  /// The address of the archive that it is in: a suite's, or that of its security updates.
  let archive: String
  /// The package's file, relative to the archive's root.
  let path: String
  let size: Int64
  let digest: Digest
  /// What must be installed with it: a list of choices each.
  let dependencies: [[Dependency]]
  /// The names, besides its own, that it may be asked for by.
  let provides: [String]

  struct Dependency: Sendable, Hashable {
    let name: String
    /// The version of a `>=` bound, if there is one.
    let minimum: DebianVersion?
  }

  /// Reads a stanza; nil when a field is missing or malformed.
  init?(stanza: some StringProtocol, archive: String) {
    var fields: [Substring: String] = [:]
    for line in stanza.split(separator: "\n") where line.first != " " && line.first != "\t" {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      fields[Substring(line[..<colon])] = String(value)
    }
    guard let name = fields["Package"], let version = fields["Version"], let path = fields["Filename"],
      let size = fields["Size"].flatMap({ Int64($0) }), let digest = fields["SHA256"],
      let digest = try? Digest(parsing: digest), !path.hasPrefix("/"),
      !path.split(separator: "/").contains("..")
    else { return nil }
    self.name = name
    self.archive = archive
    self.version = DebianVersion(version)
    self.path = path
    self.size = size
    self.digest = digest
    let relations = [fields["Pre-Depends"], fields["Depends"]].compactMap(\.self)
    dependencies = relations.flatMap { $0.split(separator: ",") }.map { relation in
      relation.split(separator: "|").compactMap { Dependency(parsing: $0) }
    }
    provides = (fields["Provides"] ?? "").split(separator: ",").compactMap { Dependency(parsing: $0)?.name }
  }

  /// The file's own name: `libssl3_3.0.20-1~deb12u2_amd64.deb`.
  var fileName: String { String(path.split(separator: "/").last ?? "") }

  /// The oldest C library that it says it works with.
  var minimumLibc: DebianVersion? {
    dependencies.flatMap(\.self).filter { $0.name == "libc6" }.compactMap(\.minimum).max()
  }
}

extension DebianPackage.Dependency {
  /// Reads `libffi8 (>= 3.4)` or `python3:any`; nil for an empty text.
  fileprivate init?(parsing text: Substring) {
    let text = text.drop { $0 == " " }
    let name = text.prefix { !" (:".contains($0) }
    guard !name.isEmpty else { return nil }
    self.name = String(name)
    let bound = text.firstMatch(of: #/\(>=\s*([^)\s]+)\s*\)/#)
    minimum = bound.map { DebianVersion($0.1) }
  }
}
