import Model
import TOMLFiles

/// What uv wrote: packages with all files that may do, and placeholders by name.
struct UVLock: Sendable {
  struct Package: Sendable {
    let name: PackageName
    let version: String?
    /// When it is needed; nil for always.
    let marker: String?
    let wheels: [LockedFile]
    /// What to take instead of a wheel.
    let other: LockedPackage.Source?
  }

  let packages: [Package]
  /// The packages that would have been needed, had they not been taken out.
  let placeholders: Set<PackageName>

  init(parsing text: String) throws(LockError) {
    let top = try TOMLReader<LockError>(text, file: UVCompile.output)
    try Lock.checkVersion(top)
    var packages: [Package] = []
    var placeholders: Set<PackageName> = []
    for table in try top.subtables("packages") {
      let name = try table.parsed("name", PackageName.init(parsing:))
      if table.has("directory") {
        placeholders.insert(name)
        continue
      }
      var wheels: [LockedFile] = []
      for wheel in try table.subtables("wheels") { wheels.append(try LockedFile(lockedIn: wheel)) }
      let hasOther = table.has("sdist") || table.has("archive") || table.has("vcs")
      packages.append(
        Package(
          name: name, version: try table.optionalString("version"),
          marker: try table.optionalString("marker"),
          wheels: wheels,
          other: hasOther ? try LockedPackage(lockedIn: table) { _ throws(LockError) in nil }.source : nil))
    }
    self.packages = packages
    self.placeholders = placeholders
  }
}
