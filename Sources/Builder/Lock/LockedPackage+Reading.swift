import Artifacts
import Model
import TOMLFiles

extension LockedPackage {
  /// The packages of a lock of ours: each name once, each with exactly one file or revision.
  static func list(
    _ key: String = "packages", in top: TOMLReader<LockError>
  ) throws(LockError) -> [LockedPackage] {
    var packages: [LockedPackage] = []
    var seen: Set<PackageName> = []
    for table in try top.subtables(key) {
      let package = try LockedPackage(lockedIn: table) { wheels throws(LockError) in
        guard wheels.count == 1 else { throw table.error("wheels", "has \(wheels.count) wheels, not one") }
        return wheels[0]
      }
      guard seen.insert(package.name).inserted else {
        throw .duplicate(file: table.file, line: table.line, name: package.name)
      }
      packages.append(package)
    }
    return packages
  }

  /// Reads one package; `choose` picks among its wheels, and nil leaves the choice to the sdist.
  init(
    lockedIn table: TOMLReader<LockError>, choosing choose: ([LockedFile]) throws(LockError) -> LockedFile?
  ) throws(LockError) {
    let name = try table.parsed("name", PackageName.init(parsing:))
    var wheels: [LockedFile] = []
    for wheel in try table.subtables("wheels") { wheels.append(try LockedFile(lockedIn: wheel)) }
    let source: Source
    if !wheels.isEmpty, let wheel = try choose(wheels) {
      source = .wheel(wheel)
    } else if let sdist = try table.subtable("sdist") {
      source = .sourceDistribution(try LockedFile(lockedIn: sdist))
    } else if let archive = try table.subtable("archive") {
      source = .archive(
        try LockedFile(lockedIn: archive), subdirectory: try archive.optionalString("subdirectory"))
    } else if let revision = try table.subtable("vcs") {
      source = .revision(try LockedRevision(lockedIn: revision))
    } else {
      throw table.error("wheels", "is missing, as are sdist, archive and vcs, for package '\(name)'")
    }
    self.init(
      name: name, version: try table.optionalString("version"), index: try table.optionalString("index"),
      source: source)
  }
}

extension LockedFile {
  init(lockedIn table: TOMLReader<LockError>) throws(LockError) {
    let url = try table.has("path") ? FileAddress.url(of: Self.path(in: table)) : table.string("url")
    let hashes = try table.requiredSubtable("hashes")
    // PEP 751: without a name, the URL's last part is it.
    let path = url.prefix { $0 != "#" && $0 != "?" }
    let last = String(path.split(separator: "/").last ?? path)
    let name = try table.optionalString("name") ?? decodingPercent(last) ?? last
    guard !name.isEmpty, !name.contains("/"), !name.utf8.contains(0), name != "..", name != "." else {
      throw table.error("name", "has '\(name)', which is no file name")
    }
    self.init(
      name: name, url: url.contains("@") ? redacting(url) : url,
      digest: try hashes.parsed("sha256", Digest.init(parsing:)),
      size: try table.optionalInteger("size"), uploadTime: try table.optionalTime("upload-time"))
  }

  private static func path(in table: TOMLReader<LockError>) throws(LockError) -> String {
    let path = try table.string("path")
    guard path.hasPrefix("/") else { throw table.error("path", "has '\(path)', which is not absolute") }
    return path
  }
}

extension LockedRevision {
  init(lockedIn table: TOMLReader<LockError>) throws(LockError) {
    self.init(
      kind: try table.string("type"), url: redacting(try table.string("url")),
      requested: try table.optionalString("requested-revision"), commit: try table.string("commit-id"),
      subdirectory: try table.optionalString("subdirectory"))
  }
}
