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

  package init(_ bench: Workbench, verifies: Bool = true, keepsGoing: Bool = true) {
    self.bench = bench
    self.verifies = verifies
    self.keepsGoing = keepsGoing
  }

  /// Builds what has work, in the plan's order, and writes `dist/catalogue.json` when anything changed.
  ///
  /// - Throws: `CancellationError`, or the first cell's error when others are not to go on.
  package func run(_ plan: Plan) async throws -> [CellResult] {
    let results = try await plan.cells.concurrentMap(width: Self.width) { cell in
      let result = try await result(of: cell)
      if result.hasFailed, !keepsGoing { throw BuilderError.stopped(cell.cell) }
      return result
    }
    try await finish(plan, results)
    return results
  }

  private func result(of plan: CellPlan) async throws -> CellResult {
    do {
      switch plan.state {
      case .upToDate: return CellResult(cell: plan.cell, ending: .upToDate)
      case .invalid(let problems):
        for problem in problems { bench.events(.diagnosed(problem)) }
        return CellResult(cell: plan.cell, ending: .failed(problems.first ?? Diagnostic(.error, "invalid")))
      case .new, .stale, .changed, .bundleMissing, .unverified: return try await build(plan)
      }
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      try Task.checkCancellation()
      return CellResult(cell: plan.cell, ending: .failed(Diagnostic(error)))
    }
  }

  private func build(_ plan: CellPlan) async throws -> CellResult {
    guard let lock = plan.lock, let key = plan.key else { throw BuilderError.notLocked(plan.cell) }
    let build = CellBuild(
      bench: bench, recipe: plan.recipe, lock: lock, key: key, copied: plan.copied, omissions: plan.omissions,
      verifies: verifies)
    return try await build.run()
  }

  /// Forgets cells that the workspace no longer has, and exports the catalogue.
  private func finish(_ plan: Plan, _ results: [CellResult]) async throws {
    let cells = Set(bench.workspace.cells)
    let recorded = try await bench.catalogue.summaries()
    let gone = recorded.filter { !cells.contains($0.cell) }
    for summary in gone {
      try await bench.catalogue.forget(summary.cell)
      try removeTree(bench.workspace.root.pushing(FilePath(summary.file)))
    }
    let changed = !gone.isEmpty || results.contains { if case .built = $0.ending { true } else { false } }
    let export = bench.workspace.root.appending("dist").appending("catalogue.json")
    guard changed || FileStatus(of: export) == nil && !recorded.isEmpty else { return }
    try KeyShelf(workspace: bench.workspace.root)
      .prune(keeping: Set(try await bench.catalogue.summaries().map(\.buildKey)))
    try makeDirectory(export.removingLastComponent())
    try writeAtomically(try await bench.catalogue.export(), to: export)
  }
}
