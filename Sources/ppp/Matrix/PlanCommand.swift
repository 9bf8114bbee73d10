import ArgumentParser
import Artifacts
import Builder
import Catalogue
import ConfigMerge
import Model
import Terminal

/// Says what a build would do, and why.
struct PlanCommand: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Say what would be done for each cell and why, and what is left out and by which rule.")

  @OptionGroup var place: WorkspaceOptions
  @OptionGroup var selection: SelectionOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let workspace = try await place.buildable(in: context)
    for warning in context.warnings(about: workspace) { context.report(warning) }
    let catalogue = Catalogue(at: Catalogue.path(in: workspace.root))
    let store = ArtifactStore(cache: CachePaths.standard(environment: context.environment))
    let planner = Planner(
      workspace: workspace, summaries: try await catalogue.summaries(), store: store,
      compilers: Compilers(variables: context.environment))
    let plan = try await planner.plan(selection.selection())
    switch format {
    case .text: context.print(PlanTable(plan, colored: false).text)
    case .json: context.print(try json(PlanReport(plan)))
    }
    for cell in plan.cells {
      guard case .invalid(let problems) = cell.state else { continue }
      for problem in problems { context.report(problem) }
    }
    return .done
  }
}
