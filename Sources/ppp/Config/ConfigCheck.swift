import ArgumentParser
import ConfigMerge

/// Checks every configuration file of the workspace.
struct ConfigCheck: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check every configuration file and report all problems together.")

  @OptionGroup var place: WorkspaceOptions

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let workspace = try await place.workspace(in: context)
    for warning in context.warnings(about: workspace) { context.report(warning) }
    let modules = workspace.declaredModules.isEmpty ? "" : "\(workspace.declaredModules.count) modules, "
    context.tell(
      "\(workspace.runenvs.count) runenvs, \(modules)\(workspace.cells.count) cells: the configuration is good"
    )
    return .done
  }
}
