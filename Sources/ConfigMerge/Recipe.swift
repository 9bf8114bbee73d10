package import Model
package import SystemPackage

/// The merged, validated configuration of one cell, every value with the place it comes from.
package struct Recipe: Sendable {
  package let cell: CellID
  package let python: PythonVersion
  /// The oldest system to run on; nil on Windows, which has none.
  package let floor: Located<PlatformFloor>?
  package let registries: Registries
  /// Overrides are applied and the platform's own are appended; packages to skip are still in it.
  package let dependencies: [Located<Requirement>]
  /// The rule in effect for each package on this platform: skip before buildWheel before forceSource.
  package let rules: [PackageName: PackageRule]
  let noDepsList: [Located<PackageName>]
  package let resolution: Resolution
  /// In the order in which they are copied: a later one overwrites what an earlier one put there.
  package let copyFiles: [CopyRule]
  package let runtime: RuntimeConfiguration
  package let build: BuildConfiguration
  /// Import and link failures that are known and accepted on this platform, sorted by pattern.
  package let allowedFailures: [AllowedFailure]
  /// The modules to put in: those that the cell's module needs, then itself; none in a runenv's own cell.
  package let modules: [ModulePackage]
  /// Packages that need not have the version that the runenv's own lock has: the module's file says theirs.
  package let released: Set<PackageName>
  /// The recipes that its packages may be built by, the preferred ones first.
  package let buildRecipes: [ServedRecipe]

  /// Packages whose own dependencies are not followed.
  package var noDeps: Set<PackageName> { Set(noDepsList.map(\.value)) }

  /// The skip rules among `rules`, sorted by package.
  package var skips: [SkipRule] {
    rules.compactMap { name, rule in
      guard case .skip(let reason, let position) = rule else { return nil }
      return SkipRule(name: name, reason: reason, position: position)
    }.sorted { $0.name < $1.name }
  }
}

/// The package indexes to ask, in this order; the first that has a package is the only one asked for it.
package struct Registries: Sendable, Hashable {
  package let `default`: Located<String>
  package let additional: [Located<String>]

  /// The index that is asked when no file names one.
  package static let standardURL = "https://pypi.org/simple"
}

/// What may be built from source, and what may not.
package struct Resolution: Sendable, Hashable {
  package let allowSourceAll: Located<Bool>
  /// Whether a package that can't be had is an error instead of an omission.
  package let strictMissing: Located<Bool>
  package let allowSourceList: [Located<PackageName>]
  package let forceNoBinaryList: [Located<PackageName>]
  package let onlyBinaryList: [Located<PackageName>]
}

/// Files of the workspace that go into the environment.
package struct CopyRule: Sendable, Hashable {
  /// Relative to `base`, inside it.
  package let from: Located<String>
  /// Relative to the environment's prefix, inside it; `{site-packages}` may stand at its start.
  package let to: Located<String>
  /// The workspace for a shared rule, the runenv's directory for its own.
  package let base: FilePath

  package init(from: Located<String>, to: Located<String>, base: FilePath) {
    self.from = from
    self.to = to
    self.base = base
  }
}

/// A failure of verification that is known and accepted.
package struct AllowedFailure: Sendable, Hashable {
  /// An import's name or a file's path in the environment; `*` and `?` stand for other characters.
  package let pattern: String
  package let reason: String
  package let position: SourcePosition
}
