package import Model

extension Workspace {
  /// The workspace with its modules' cells, `<runenv>+<module>@<platform>`.
  ///
  /// `packages` has of each declared module what is put into the environment: what it needs, then itself. A module that
  /// isn't in it has no cells.
  ///
  /// - Throws: what only the values together show, as `load` does.
  package func injecting(
    _ packages: [ModuleName: [ModulePackage]]
  ) throws(ConfigurationErrors) -> Workspace {
    var injection = ModuleInjection(workspace: self)
    for module in declaredModules {
      guard let packages = packages[module.name] else { continue }
      for runenv in runenvs where module.runenvs.contains(runenv.id) {
        injection.put(module, packages, into: runenv)
      }
    }
    return try injection.finished()
  }
}

/// Makes the runenvs of modules: a runenv's configuration with a module's over it.
private struct ModuleInjection {
  let workspace: Workspace
  private var loader: WorkspaceLoader
  private var injected: [Runenv] = []
  private var excluded: [ExcludedCell] = []

  init(workspace: Workspace) {
    self.workspace = workspace
    loader = WorkspaceLoader(root: workspace.root)
  }

  mutating func put(_ module: DeclaredModule, _ packages: [ModulePackage], into runenv: Runenv) {
    let id = CellID.id(of: module.name, in: runenv.id)
    let wanted = module.platforms.map { targets in Set(targets.map(\.platform.value)) }
    var platforms: [Located<Platform>] = []
    for platform in runenv.platforms where wanted?.contains(platform.value) ?? true {
      let objection = packages.lazy.compactMap { $0.objection(to: runenv.python, on: platform.value) }.first
      if let objection {
        let cell = CellID(runenv: id, platform: platform.value)
        excluded.append(ExcludedCell(cell: cell, reason: objection.value, position: objection.position))
      } else {
        platforms.append(platform)
      }
    }
    guard !platforms.isEmpty else { return }
    let merge = Merge(
      runenv.merge.chain + [module.configuration], adding: packages.flatMap(\.dependencies))
    let made = Runenv(
      id: id, python: runenv.python, variant: runenv.variant, directory: runenv.directory,
      configFile: runenv.configFile, platforms: platforms, merge: merge, modules: packages)
    loader.warnOfUnmatched(
      module.configuration.overrides, weaker: runenv.merge.chain.flatMap { $0.overrides.keys }, among: [made])
    injected.append(made)
  }

  func finished() throws(ConfigurationErrors) -> Workspace {
    guard !loader.hasErrors else {
      throw ConfigurationErrors(diagnostics: loader.problems, sources: workspace.sources)
    }
    return Workspace(
      root: workspace.root, runenvs: workspace.runenvs, warnings: workspace.warnings + loader.problems,
      sources: workspace.sources, moduleSources: workspace.moduleSources,
      licencePolicy: workspace.licencePolicy, declaredRecipes: workspace.declaredRecipes,
      declaredModules: workspace.declaredModules, injected: injected, excluded: excluded)
  }
}
