package import Model

/// What an index has of a package for one platform and Python.
package struct PackageFacts: Hashable, Sendable {
  package let name: PackageName
  /// What was asked for: `>=1,<2`; empty for any version.
  package let specifiers: String
  /// Where the configuration asks for it; nil for a dependency of others.
  package var position: SourcePosition?
  /// Whether any index has a file of it.
  package let exists: Bool
  /// The versions with a wheel that can be installed, sorted.
  package let wheels: [PackageVersion]
  /// Whether a version that was asked for has a source distribution.
  package let hasSource: Bool

  /// The versions that were asked for and have a wheel.
  package var wanted: [PackageVersion] {
    let range = VersionRange(specifiers)
    return wheels.filter(range.contains)
  }

  /// Whether the package is there, but no version that was asked for can be installed without building it.
  package var lacksWheel: Bool { exists && wanted.isEmpty }

  /// Says what there is: `parasail has no wheel for linux-aarch64; no version has one`.
  package func sentence(on platform: Platform) -> String {
    let asked = "\(name)\(specifiers)"
    guard exists else { return "no index has a package '\(name)'" }
    guard lacksWheel else { return "\(asked) has wheels for \(platform): \(Self.list(wanted))" }
    return "\(asked) has no wheel for \(platform); "
      + (wheels.isEmpty ? "no version has one" : "versions with one: \(Self.list(wheels))")
      + (hasSource ? " (there is a source distribution)" : "")
  }

  /// The newest few of sorted versions.
  private static func list(_ versions: [PackageVersion]) -> String {
    let newest = versions.suffix(6).map(\.description).joined(separator: ", ")
    return versions.count > 6 ? "…, \(newest)" : newest
  }
}
