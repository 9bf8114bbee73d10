import Catalogue
import ConfigMerge
import Model
import SystemPackage

/// Builds the cells of a plan, each on its own: one that fails keeps no other from being finished.
package struct MatrixBuild: Sendable {
  let bench: Workbench
  /// Whether bundles are checked.
  let verifies: Bool
  /// Whether the other cells go on when one has failed.
  let keepsGoing: Bool

  /// How many cells are in work at once; what needs a processor waits for one anyway.
  private static let width = 4
  /// How many former bundles of a cell the catalogue remembers.
  private static let history = 5

  package init(_ bench: Workbench, verifies: Bool = true, keepsGoing: Bool = true) {
    self.bench = bench
    self.verifies = verifies
    self.keepsGoing = keepsGoing
  }

  /// Builds what has work, in the plan's order, forgets cells that the workspace no longer has, and brings
  /// `dist/catalogue.json` up to date.
  ///
  /// What a run that is cancelled or killed leaves undone, the next one does.
  ///
  /// - Throws: `CancellationError`, or `BuilderError.stopped` when a cell failed and others are not to go on.
  package func run(_ plan: Plan) async throws -> [CellResult] {
    do {
      let results = try await plan.cells.concurrentMap(width: Self.width) { cell in
        let result = try await result(of: cell)
        if result.hasFailed, !keepsGoing { throw BuilderError.stopped(cell.cell) }
        return result
      }
      try await finish()
      return results
    } catch let error as BuilderError {
      try await finish()
      throw error
    }
  }

  private func result(of plan: CellPlan) async throws -> CellResult {
    do {
      switch plan.state {
      case .upToDate: return CellResult(cell: plan.cell, ending: .upToDate)
      case .invalid(let problems): return failed(plan.cell, problems)
      case .unverified:
        if let result = try await verified(plan) { return result }
        return try await build(plan)
      case .new, .stale, .changed, .bundleMissing: return try await build(plan)
      }
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      // What was interrupted fails in its own way.
      try Task.checkCancellation()
      return CellResult(cell: plan.cell, ending: .failed(Diagnostic(error)))
    }
  }

  private func failed(_ cell: CellID, _ problems: [Diagnostic]) -> CellResult {
    for problem in problems { bench.events(.diagnosed(problem)) }
    return CellResult(cell: cell, ending: .failed(problems.first ?? Diagnostic(.error, "invalid")))
  }

  private func build(_ plan: CellPlan) async throws -> CellResult {
    guard let lock = plan.lock, let key = plan.key else {
      return failed(plan.cell, [Diagnostic(BuilderError.notLocked(plan.cell))])
    }
    let build = CellBuild(
      bench: bench, recipe: plan.recipe, lock: lock, key: key, copied: plan.copied, omissions: plan.omissions,
      verifies: verifies)
    return try await build.run()
  }

  /// Checks a bundle that is there already; nil when its file is not what was recorded.
  private func verified(_ plan: CellPlan) async throws -> CellResult? {
    guard verifies else { return CellResult(cell: plan.cell, ending: .upToDate) }
    let start = ContinuousClock.now
    let checks = BundleChecks(bench: bench, recipe: plan.recipe)
    guard var record = try await bench.catalogue.bundle(plan.cell), try await checks.isIntact(record) else {
      return nil
    }
    record.verification = try await checks.run(on: record)
    return CellResult(
      cell: plan.cell, ending: .built(record), layers: record.layers.count,
      duration: ContinuousClock.now - start)
  }

  private func finish() async throws {
    try await forgetCells()
    let export = CatalogueExport(bench)
    guard try await export.isStale else { return }
    try await bench.catalogue.prune(keeping: Self.history)
    try await KeyShelf(workspace: bench.workspace.root).prune {
      Set(try await bench.catalogue.summaries().map(\.buildKey))
    }
    try await export.write()
  }

  /// Forgets cells that the workspace no longer has; their files go first, so that none stays unknown.
  private func forgetCells() async throws {
    let cells = Set(bench.workspace.cells)
    for summary in try await bench.catalogue.summaries() where !cells.contains(summary.cell) {
      try CatalogueExport(bench).markStale()
      try BundlePlace(summary.cell).clear(in: bench.workspace.root, keeping: nil)
      try await bench.catalogue.forget(summary.cell)
    }
  }
}
