package import Model
import TOMLFiles

/// What is used to build a package of a lock from source, to the byte.
package struct LockedBuild: Hashable, Sendable {
  package var package: PackageName
  /// What was asked for: the rule's list, else the source's own.
  package var requires: [String]
  /// All that those need, wheels only, sorted by name.
  package var packages: [LockedPackage]
  /// The cell's own platform's wheels of those packages that have one for each platform, sorted by name.
  ///
  /// Another machine that builds takes headers from them. Locks from before have none.
  package var targets: [LockedPackage]

  package init(
    package: PackageName, requires: [String], packages: [LockedPackage], targets: [LockedPackage] = []
  ) {
    self.package = package
    self.requires = requires
    self.packages = packages.sorted { $0.name < $1.name }
    self.targets = targets.sorted { $0.name < $1.name }
  }

  /// A file that says it all, for the build's key: another wheel to build with is another build.
  var keyFields: [String] { packages.compactMap(\.file).map { "build \($0.digest.hex)" } }

  /// What of it native code for another platform depends on besides.
  var targetKeyFields: [String] { targets.compactMap(\.file).map { "headers \($0.digest.hex)" } }

  static let table = "tool.ppp.builds"

  func write(to toml: inout TOMLText) {
    toml.table(Self.table, isElement: true)
    toml.field("name", package.normalized)
    toml.field("requires", requires)
    for package in packages { Lock.write(package, as: "\(Self.table).packages", to: &toml) }
    for target in targets { Lock.write(target, as: "\(Self.table).targets", to: &toml) }
  }

  init(lockedIn table: TOMLReader<LockError>) throws(LockError) {
    self.init(
      package: try table.parsed("name", PackageName.init(parsing:)), requires: try table.strings("requires"),
      packages: try LockedPackage.list(in: table), targets: try LockedPackage.list("targets", in: table))
  }

  /// The packages as a lock of their own, for uv to install.
  func installable(python: PythonVersion) -> String {
    var toml = TOMLText()
    toml.field("lock-version", "1.0")
    toml.field("requires-python", "==\(python.minorVersion).*")
    toml.field("created-by", "ppp")
    for package in packages { Lock.write(package, as: "packages", to: &toml) }
    return toml.text
  }
}
