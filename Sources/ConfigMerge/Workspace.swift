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
  package let licencePolicy: LicencePolicy
  package let declaredRecipes: DeclaredRecipes
  /// The modules that are built into runenvs, sorted by name.
  package let declaredModules: [DeclaredModule]
  /// Modules' cells that were asked for and can't be, in the order of cells.
  package let excluded: [ExcludedCell]
  /// The runenvs and, behind each, the same with modules.
  private let environments: [Runenv]
  private let places: [String: Int]
  /// The recipes that packages are built by, the preferred ones first; none before `serving` is told of them.
  package internal(set) var served: [ServedRecipe] = []

  init(
    root: FilePath, runenvs: [Runenv], warnings: [Diagnostic], sources: [String: String],
    moduleSources: [Located<String>], licencePolicy: LicencePolicy = LicencePolicy(),
    declaredRecipes: DeclaredRecipes = DeclaredRecipes(), declaredModules: [DeclaredModule] = [],
    injected: [Runenv] = [],
    excluded: [ExcludedCell] = []
  ) {
    self.root = root
    self.runenvs = runenvs.sorted { ($0.python, $0.id) < ($1.python, $1.id) }
    self.licencePolicy = licencePolicy
    self.declaredRecipes = declaredRecipes
    self.declaredModules = declaredModules.sorted { $0.name < $1.name }
    self.excluded = excluded.sorted { $0.cell < $1.cell }
    let byBase = Dictionary(grouping: injected, by: \.base)
    environments = self.runenvs.flatMap { runenv in
      [runenv] + (byBase[runenv.id] ?? []).sorted { $0.id < $1.id }
    }
    self.warnings = warnings.inSourceOrder
    self.sources = sources
    self.moduleSources = moduleSources
    places = Dictionary(uniqueKeysWithValues: environments.enumerated().map { ($1.id, $0) })
  }

  /// Every cell: the runenvs in order, each on its platforms, then its modules' cells.
  package var cells: [CellID] {
    environments.flatMap { runenv in
      runenv.platforms.map { CellID(runenv: runenv.id, platform: $0.value) }
    }
  }

  /// The recipes of all cells, in the same order.
  package var recipes: [Recipe] {
    environments.flatMap { runenv in runenv.platforms.map { runenv.recipe(on: $0.value, served) } }
  }

  /// The ids that cells begin with: the runenvs', and those of runenvs with a module.
  package var ids: [String] { environments.map(\.id) }

  /// The runenv of that id, or the runenv with a module that is called so.
  package func runenv(named id: String) -> Runenv? { places[id].map { environments[$0] } }

  /// Nil when there is no such runenv, or it isn't built for the platform.
  package func recipe(for cell: CellID) -> Recipe? {
    guard let runenv = runenv(named: cell.runenv),
      runenv.platforms.contains(where: { $0.value == cell.platform })
    else { return nil }
    return runenv.recipe(on: cell.platform, served)
  }
}

extension Runenv {
  func recipe(on platform: Platform, _ served: [ServedRecipe]) -> Recipe {
    Recipe(
      cell: CellID(runenv: id, platform: platform), python: python, floor: merge.floor(on: platform),
      registries: merge.registries, dependencies: merge.dependencies(on: platform),
      rules: merge.rules(on: platform), noDepsList: merge.noDeps, resolution: merge.resolution(on: platform),
      copyFiles: merge.copyFiles(on: platform), runtime: merge.runtime(on: platform),
      build: merge.build(on: platform), allowedFailures: merge.allowedFailures(on: platform),
      modules: modules, released: released,
      buildRecipes: served.filter { $0.recipe.serves(version: nil, python: python, on: platform) })
  }
}
