import Artifacts
package import ConfigMerge
import Model
import SystemPackage

extension LockInputs {
  /// What of a recipe decides its resolution, its runtime, and what the packages that it has no wheel of are built with.
  ///
  /// `packages` are those of the lock: a build recipe is for some versions of its package only.
  package init(_ recipe: Recipe, of packages: [LockedPackage]) {
    let resolution = recipe.resolution
    func names(_ names: some Sequence<PackageName>) -> [String] { Set(names).map(\.normalized).sorted() }
    let sources = recipe.rules.filter { $0.value.buildsFromSource }.keys
    self.init([
      "python": [recipe.python.description],
      "floor": recipe.floor.map { [$0.value.description] } ?? [],
      "index": recipe.registries.inOrder.map(redacting),
      "dependencies": Array(Set(recipe.dependencies.map(\.value.withoutCredentials))).sorted(),
      "skip": names(recipe.skips.map(\.name)),
      "source": names(Array(sources) + resolution.forceNoBinaryList.map(\.value)),
      "allow-source": resolution.allowSourceAll.value
        ? ["*"] : names(resolution.allowSourceList.map(\.value)),
      "only-binary": names(resolution.onlyBinaryList.map(\.value)),
      "no-deps": names(recipe.noDeps),
      "strict-missing": resolution.strictMissing.value ? ["true"] : [],
      "runtime": recipe.runtime.words,
      "build-requires": packages.filter(\.needsBuild).compactMap { package in
        BuildSettings(recipe, package: package.name, version: package.version, packageRoot: "").requires
          .map { "\(package.name): \($0.joined(separator: ", "))" }
      }.sorted(),
    ])
  }
}

extension Registries {
  /// The indexes in the order in which they are asked: as uv has it, the additional ones before the default.
  ///
  /// The first that has a package is the only one asked for it, so that nobody can put a newer version of a
  /// private package into a public index.
  var inOrder: [String] { additional.map(\.value) + [self.default.value] }
}

extension PackageRule {
  var buildsFromSource: Bool {
    switch self {
    case .skip: false
    case .buildWheel, .forceSource: true
    }
  }
}

extension Requirement {
  /// As configured, but for the user and password in a URL.
  var withoutCredentials: String {
    guard let url else { return description }
    // A VCS URL's scheme has a prefix; what follows it is an ordinary URL.
    let prefix = url.hasPrefix("git+") ? "git+" : ""
    let clean = prefix + redacting(String(url.dropFirst(prefix.count)))
    return Requirement(
      name: name, extras: extras, specifiers: specifiers, url: clean, marker: marker, isBareURL: isBareURL
    ).description
  }
}

extension RuntimeConfiguration {
  /// What decides which interpreter it is; what is kept of it matters only to the bundle.
  fileprivate var words: [String] {
    [
      ("provider", provider.value.rawValue), ("suite", suite?.value),
      ("mirror", mirror.map { redacting($0.value) }),
      ("release", release?.value), ("url", url.map { redacting($0.value) }), ("sha256", sha256?.value),
    ].compactMap { key, value in value.map { "\(key) \($0)" } }
  }
}
