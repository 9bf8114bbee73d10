import Artifacts
import ConfigMerge
import Model
import PackageIndex
import Wheels

/// Finds the wheels of a cell's platform for packages that a build on this machine uses: of the same version and Python.
///
/// What is compiled against such a package needs the headers and libraries of the platform that it is compiled for.
struct TargetWheels {
  private let facts: IndexFacts
  private let platform: Platform

  init(recipe: Recipe, excludeNewer: String?, fetcher: Fetcher) {
    platform = recipe.cell.platform
    facts = IndexFacts(
      indexes: recipe.registries.inOrder.map { PackageIndex(url: $0, fetcher: fetcher) },
      python: recipe.python,
      tags: SupportedTags(
        python: recipe.python, platform: platform, floor: recipe.floor?.value),
      excludeNewer: excludeNewer)
  }

  /// Those of the packages that have a wheel for each platform; what no index has for this one is passed over, for it
  /// may be a program that only this machine runs.
  ///
  /// - Throws: `ArtifactError` and `PackageIndexError` where an index can't be asked.
  func wheels(for packages: [LockedPackage]) async throws -> [LockedPackage] {
    try await packages.filter(isNative).concurrentMap(width: 8) { package in
      try await wheel(of: package.name, version: package.version ?? "")
    }.compactMap(\.self)
  }

  /// The wheel of one version; nil where no index has one.
  func wheel(of name: PackageName, version: String) async throws -> LockedPackage? {
    guard let file = try await facts.wheel(of: name, version: version) else { return nil }
    return LockedPackage(name: name, version: version, source: .wheel(file))
  }

  /// What there is of a package instead of one version, for an error.
  func sentence(on name: PackageName, version: String) async throws -> String {
    try await facts.facts(on: name, specifiers: "==\(version)").sentence(on: platform)
  }

  /// Whether it has native code, in a wheel that is not the other platform's too.
  private func isNative(_ package: LockedPackage) -> Bool {
    guard case .wheel(let file) = package.source, let name = IndexFacts.parsed(file.name) else {
      return false
    }
    return facts.tags.rank(of: name) == nil
  }
}
