package import Model

/// A package that has not the same version on all platforms of a runenv.
package struct Skew: Hashable, Sendable {
  package let runenv: String
  package let name: PackageName
  package let versions: [Platform: String]

  /// The packages of one runenv whose versions differ, sorted by name.
  ///
  /// Local parts don't count: `2.7.0+cpu` is `2.7.0`. A platform that hasn't the package doesn't count either.
  package static func find(in runenv: String, _ packages: [Platform: [LockedPackage]]) -> [Skew] {
    var versions: [PackageName: [Platform: String]] = [:]
    for (platform, packages) in packages {
      for package in packages { versions[package.name, default: [:]][platform] = package.version }
    }
    return versions.compactMap { name, versions in
      let distinct = Set(versions.values.map { PackageVersion($0)?.withoutLocal.description ?? $0 })
      return distinct.count > 1 ? Skew(runenv: runenv, name: name, versions: versions) : nil
    }.sorted { $0.name < $1.name }
  }

  /// The lowest of the versions, without a local part: what all platforms might have.
  var lowest: PackageVersion? { versions.values.compactMap { PackageVersion($0)?.withoutLocal }.min() }
}

extension Skew: CustomStringConvertible {
  /// `numpy: 2.2.6 on macosx-x64, 2.5.5 on linux-x64, linux-aarch64`.
  package var description: String {
    let byVersion = Dictionary(grouping: versions.keys, by: { versions[$0] ?? "" })
    let parts = byVersion.sorted { $0.key < $1.key }.map { version, platforms in
      "\(version) on \(platforms.sorted().map(\.description).joined(separator: ", "))"
    }
    return "\(name): \(parts.joined(separator: "; "))"
  }
}
