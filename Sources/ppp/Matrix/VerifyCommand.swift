import ArgumentParser
import Builder
import ConfigMerge
import Model
import Terminal

/// Checks bundles again.
struct VerifyCommand: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check bundles: run those that this machine can run, and read every native file of the others.")

  @OptionGroup var place: WorkspaceOptions
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var progress: ProgressOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let workspace = try await place.buildable(in: context)
    let display = progress.display(in: context)
    defer { display.finish() }
    let bench = Workbench(workspace, in: context, offline: true, events: display.sink)
    let plan = try await bench.planner().plan(selection.selection())
    display.setGoal(ProgressGoal(cells: plan.cells.count, by: .verify))
    let outcomes = try await MatrixVerification(bench).run(plan.cells.map(\.cell))
    display.finish()
    switch format {
    case .json: context.print(try json(outcomes))
    case .text:
      var table = Table(
        .init("cell"), .init("checks"), .init("passed", .right), .init("allowed", .right),
        .init("failed", .right))
      for outcome in outcomes {
        table.append([
          outcome.cell.description, outcome.state.rawValue, String(outcome.passed), String(outcome.allowed),
          String(outcome.failed),
        ])
      }
      context.print(table.rendered())
    }
    return outcomes.allSatisfy { $0.state == .passed } ? .done : .failed
  }
}
