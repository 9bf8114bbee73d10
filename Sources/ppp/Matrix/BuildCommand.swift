import ArgumentParser
import Builder
import ConfigMerge
import Model
import Terminal

/// Builds the matrix.
struct BuildCommand: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Build the selected cells: lock what is not locked, fetch, pack, check and record.",
    discussion: "What is there already is used; a second build does only what changed.")

  @OptionGroup var place: WorkspaceOptions
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var locking: LockOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var progress: ProgressOptions

  @Flag(inversion: .prefixedNo, help: "Whether the other cells are finished when one fails.")
  var keepGoing = true

  @Flag(inversion: .prefixedNo, help: "Whether bundles are checked once they are built.")
  var verify = true

  @Flag(
    help: "Fail where a package would have to be built from source; wheels that were built before are used.")
  var noBuild = false

  @Option(
    parsing: .singleValue,
    help: .init("Build this package from source again, though its wheel is there.", valueName: "package"))
  var rebuild: [PackageName] = []

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let start = ContinuousClock.now
    let workspace = try await place.buildable(in: context, offline: network.offline)
    let display = progress.display(in: context)
    defer { display.finish() }
    for warning in context.warnings(about: workspace) { display.sink(.diagnosed(warning)) }
    var bench = Workbench(workspace, in: context, offline: network.offline, events: display.sink)
    bench.refusesBuilds = noBuild
    bench.rebuilds = Set(rebuild)
    let selected = try await bench.planner().plan(selection.selection())
    for cell in selected.excluded { display.sink(.diagnosed(cell.warning)) }
    let locked = try await lock(selected, bench)
    if !keepGoing, let failure = locked.failures.first { throw BuilderError.stopped(failure.cell) }
    display.setGoal(
      ProgressGoal(
        cells: locked.plan.cellsWithWork.count, by: .bundle, fetches: 0, fetchedBytes: 0))
    let results = try await MatrixBuild(bench, verifies: verify, keepsGoing: keepGoing)
      .run(try locked.plan.rebuilding(bench.rebuilds))
    display.finish()
    if !progress.quiet { for skew in locked.skews { context.tell("skew: \(skew)") } }
    let report = BuildReport(results + locked.failures, duration: ContinuousClock.now - start)
    switch format {
    case .text: if !progress.quiet { context.print(report.text) }
    case .json: context.print(try json(report))
    }
    return report.failedCount == 0 ? .done : .failed
  }

  /// The plan once every cell that has to be locked is; cells whose lock failed are results already.
  private func lock(
    _ plan: Plan, _ bench: Workbench
  ) async throws -> (plan: Plan, skews: [Skew], failures: [CellResult]) {
    let options = try locking.options()
    let open = plan.cells.filter { ($0.lock == nil || locking.concernsCurrentLocks) && !$0.isInvalid }
    guard !open.isEmpty else { return (plan, [], []) }
    let report = try await LockRun(
      workspace: bench.workspace, tools: bench.resolverTools, options: options
    )
    .run(open.map(\.cell))
    var failures: [CellResult] = []
    for outcome in report.outcomes {
      guard case .failure(let error) = outcome.result else { continue }
      if locking.locked { bench.events(.diagnosed(Diagnostic(error))) }
      failures.append(CellResult(cell: outcome.cell, ending: .failed(Diagnostic(error))))
    }
    let failed = Set(failures.map(\.cell))
    let planner = try await bench.planner()
    let fresh = Set(open.map(\.cell))
    var cells: [CellPlan] = []
    for cell in plan.cells where !failed.contains(cell.cell) {
      cells.append(fresh.contains(cell.cell) ? try await planner.plan(cell.cell) ?? cell : cell)
    }
    return (Plan(cells: cells), report.skews, failures)
  }
}

extension CellPlan {
  fileprivate var isInvalid: Bool { if case .invalid = state { true } else { false } }
}
