package import Model
package import SystemPackage

/// A directory with a shared configuration and runenvs, read and found to be without errors.
package struct Workspace: Sendable {
  package let root: FilePath
  /// Sorted by Python version, then by id.
  package let runenvs: [Runenv]
  /// What a person should know and nothing is stopped by, sorted by place.
  package let warnings: [Diagnostic]
  /// The configuration files by the name that positions use, for showing lines of them.
  package let sources: [String: String]
  /// Where modules are found besides `modules/`.
  package let moduleSources: [Located<String>]
  private let places: [String: Int]

  init(
    root: FilePath, runenvs: [Runenv], warnings: [Diagnostic], sources: [String: String],
    moduleSources: [Located<String>]
  ) {
    self.root = root
    self.runenvs = runenvs.sorted { ($0.python, $0.id) < ($1.python, $1.id) }
    self.warnings = warnings.inSourceOrder
    self.sources = sources
    self.moduleSources = moduleSources
    places = Dictionary(uniqueKeysWithValues: self.runenvs.enumerated().map { ($1.id, $0) })
  }

  /// Every cell: the runenvs in order, each on its platforms.
  package var cells: [CellID] {
    runenvs.flatMap { runenv in
      runenv.platforms.map { CellID(runenv: runenv.id, platform: $0.value) }
    }
  }

  /// The recipes of all cells, in the same order.
  package var recipes: [Recipe] {
    runenvs.flatMap { runenv in runenv.platforms.map { runenv.recipe(on: $0.value) } }
  }

  package func runenv(named id: String) -> Runenv? { places[id].map { runenvs[$0] } }

  /// Nil when there is no such runenv, or it isn't built for the platform.
  package func recipe(for cell: CellID) -> Recipe? {
    guard let runenv = runenv(named: cell.runenv),
      runenv.platforms.contains(where: { $0.value == cell.platform })
    else { return nil }
    return runenv.recipe(on: cell.platform)
  }
}

extension Runenv {
  func recipe(on platform: Platform) -> Recipe {
    Recipe(
      cell: CellID(runenv: id, platform: platform), python: python, floor: merge.floor(on: platform),
      registries: merge.registries, dependencies: merge.dependencies(on: platform),
      rules: merge.rules(on: platform), noDepsList: merge.noDeps, resolution: merge.resolution(on: platform),
      copyFiles: merge.copyFiles(on: platform), runtime: merge.runtime(on: platform),
      build: merge.build(on: platform), allowedFailures: merge.allowedFailures(on: platform))
  }
}
