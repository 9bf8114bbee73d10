package import Artifacts
package import Catalogue
package import ConfigMerge
import Layers
package import Model
import Runtimes
import SystemPackage
import Toolchains

/// Compares what a workspace asks for with what is there; it changes nothing.
package struct Planner: Sendable {
  let workspace: Workspace
  let summaries: [CellID: BundleSummary]
  let store: ArtifactStore
  /// Asked for cells that may have something compiled.
  let compilers: Compilers
  private let shelf: KeyShelf

  package init(
    workspace: Workspace, summaries: [BundleSummary], store: ArtifactStore, compilers: Compilers
  ) {
    self.workspace = workspace
    self.summaries = Dictionary(summaries.map { ($0.cell, $0) }, uniquingKeysWith: { $1 })
    self.store = store
    self.compilers = compilers
    shelf = KeyShelf(workspace: workspace.root)
  }

  /// The plan for the selected cells.
  ///
  /// - Throws: `BuilderError.nothingSelected`.
  package func plan(_ selection: Selection) async throws -> Plan {
    let excluded = workspace.excluded.filter { selection.contains($0.cell) }
    var plans: [CellPlan] = []
    for cell in try select(selection, excluded) {
      if let plan = try await plan(cell) { plans.append(plan) }
    }
    return Plan(cells: selection.onlyChanged ? plans.filter(\.hasWork) : plans, excluded: excluded)
  }

  /// The selected cells; where there is none the error says what is nearest, or why the cells meant aren't made.
  private func select(_ selection: Selection, _ excluded: [ExcludedCell]) throws(BuilderError) -> [CellID] {
    do {
      return try selection.select(from: workspace.cells)
    } catch {
      if let cell = excluded.first { throw .excluded(cell.cell, reason: cell.reason, cell.position) }
      let declared = workspace.declaredModules.filter { selection.names($0.name) }
      if let module = declared.first, case .nothingSelected(let text, nil) = error {
        throw .notBuilt(module: module.name, selection: text, shownAs: module.shownAs)
      }
      throw error
    }
  }

  /// The plan for one cell, or nil when the workspace has no such cell.
  package func plan(_ cell: CellID) async throws -> CellPlan? {
    guard let recipe = workspace.recipe(for: cell) else { return nil }
    let survey = CopySurvey(recipe)
    var plan = CellPlan(
      recipe: recipe, state: .new, copied: survey.files, omissions: skipped(in: recipe), missingFiles: 0,
      missingBytes: 0)
    guard survey.problems.isEmpty else {
      plan.state = .invalid(survey.problems)
      return plan
    }
    switch LockState(of: recipe, in: workspace) {
    case .missing: plan.state = summaries[cell] == nil ? .new : .stale([])
    case .unreadable(let problem): plan.state = .invalid([problem])
    case .stale(let changes): plan.state = .stale(changes)
    case .current(let lock): try await complete(&plan, with: lock)
    }
    return plan
  }

  private func complete(_ plan: inout CellPlan, with lock: Lock) async throws {
    if let problem = clash(of: plan.recipe, lock) ?? plan.recipe.levelProblem {
      plan.state = .invalid([problem])
      return
    }
    let compiler = plan.recipe.mayCompile(lock) ? try await compilers.identity(for: lock.platform) : nil
    let key = BuildKey(recipe: plan.recipe, lock: lock, copied: plan.copied, compiler: compiler)
    plan.lock = lock
    plan.key = key
    plan.omissions = omissions(of: lock, recipe: plan.recipe)
    plan.state = try await state(of: plan.cell, key: key)
    guard plan.hasWork else { return }
    let files = lock.files.map { ($0.digest, $0.size) } + lock.runtime.files.map { ($0.digest, $0.size) }
    for (digest, size) in files where !store.contains(digest) {
      plan.missingFiles += 1
      plan.missingBytes += size ?? 0
    }
  }

  /// A package that is called as one of the modules is: they can't be installed side by side.
  private func clash(of recipe: Recipe, _ lock: Lock) -> Diagnostic? {
    let names = Set(recipe.modules.map(\.packageName))
    guard let package = lock.packages.first(where: { names.contains($0.name) }) else { return nil }
    return Diagnostic(
      .error, "module '\(package.name)' of \(recipe.cell) is called as a package that is needed too",
      hint: "rename the module, or leave the package out with packages.skip")
  }

  private func state(of cell: CellID, key: BuildKey) async throws -> CellPlan.State {
    guard let summary = summaries[cell] else { return .new }
    if summary.buildKey != key.digest {
      guard let old = shelf.key(of: summary.buildKey) else { return .changed([]) }
      let rust = old.namesRust ? try await compilers.rust()?.identity : nil
      let changes = old.inputs.changes(to: key.presuming(old, rust: rust).inputs)
      guard changes.isEmpty else { return .changed(changes) }
    }
    let bundle = workspace.root.pushing(FilePath(summary.file))
    let manifest = workspace.root.pushing(FilePath(BundlePlace(cell).manifest))
    guard FileStatus(of: bundle)?.size == summary.size, FileStatus(of: manifest) != nil else {
      return .bundleMissing
    }
    return summary.verification == .passed ? .upToDate : .unverified(summary.verification)
  }

  /// What the rules leave out of what is asked for, before a lock tells about the rest.
  private func skipped(in recipe: Recipe) -> [CellPlan.Omission] {
    let asked = Set(recipe.dependencies.map(\.value.name))
    return recipe.skips.filter { asked.contains($0.name) }.map {
      CellPlan.Omission(name: $0.name, rule: "skip", reason: $0.reason, position: $0.position)
    }
  }

  private func omissions(of lock: Lock, recipe: Recipe) -> [CellPlan.Omission] {
    lock.omissions.map { omission in
      let rule = recipe.rules[omission.name]
      return CellPlan.Omission(
        name: omission.name, rule: omission.rule.rawValue,
        reason: omission.rule == .skip ? rule?.reason ?? omission.reason : omission.reason,
        position: omission.rule == .skip ? rule?.position : nil)
    }
  }
}
