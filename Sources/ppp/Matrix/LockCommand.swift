import ArgumentParser
import Builder
import ConfigMerge
import Model
import Terminal

/// Resolves cells and writes their locks.
struct LockCommand: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "lock",
    abstract:
      "Decide what each cell is made of, to the byte, and write it to runenvs/<id>/pylock.<platform>.toml.")

  @OptionGroup var place: WorkspaceOptions
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var locking: LockOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var progress: ProgressOptions

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let options = try locking.options()
    let workspace = try await place.buildable(in: context, offline: network.offline)
    let display = progress.display(in: context)
    defer { display.finish() }
    for warning in context.warnings(about: workspace) { display.sink(.diagnosed(warning)) }
    let bench = Workbench(workspace, in: context, offline: network.offline, events: display.sink)
    let plan = try await bench.planner().plan(selection.selection())
    for cell in plan.excluded { display.sink(.diagnosed(cell.warning)) }
    display.setGoal(ProgressGoal(cells: plan.cells.count, by: .resolve))
    let report = try await LockRun(workspace: workspace, tools: bench.resolverTools, options: options)
      .run(plan.cells.map(\.cell))
    display.finish()
    if !progress.quiet { for skew in report.skews { context.tell("skew: \(skew)") } }
    return tell(report, context)
  }

  /// Counts, and reports what failed without having been shown as a step.
  private func tell(_ report: LockReport, _ context: CommandContext) -> ExitStatus {
    let failed = report.outcomes.filter { if case .failure = $0.result { true } else { false } }
    if locking.locked {
      for case .failure(let error) in failed.map(\.result) { context.report(error) }
    }
    if !progress.quiet {
      let current = report.outcomes.count { $0.isReused } - (locking.locked ? failed.count : 0)
      let made = report.outcomes.count - current - failed.count
      context.tell("\(made) locked, \(current) were current, \(failed.count) failed")
    }
    return failed.isEmpty ? .done : .failed
  }
}
