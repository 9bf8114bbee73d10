import ArgumentParser
import Artifacts
import ConfigMerge
import Model

/// Prints the recipes that the configuration files make.
struct ConfigShow: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print the merged recipe of each cell, and where each value comes from.")

  @OptionGroup var place: WorkspaceOptions

  @Argument(help: "The runenv; all of them by default.")
  var runenv: String?

  @Option(help: "Only this platform.")
  var platform: Platform?

  @Flag(help: "Say where each value comes from, as file:line:column.")
  var origin = false

  @Option(help: "yaml or json.")
  var format: RecipeFormat = .yaml

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let workspace = try await place.workspace(in: context)
    for warning in context.warnings(about: workspace) { context.report(warning) }
    let recipes = try selectedCells(of: workspace).compactMap { workspace.recipe(for: $0) }
    context.print(redacting(recipes.rendered(as: format, origins: origin)))
    return .done
  }

  private func selectedCells(of workspace: Workspace) throws(CommandError) -> [CellID] {
    let ids = workspace.ids
    if let runenv, !ids.contains(runenv) {
      throw .unknownRunenv(runenv, nearest: nearest(to: runenv, in: ids))
    }
    let cells = workspace.cells.filter { runenv == nil || $0.runenv == runenv }
    guard let platform else { return cells }
    let selected = cells.filter { $0.platform == platform }
    guard !selected.isEmpty else {
      let platforms = Platform.all.filter { known in cells.contains { $0.platform == known } }
      throw .notOnPlatform(runenv: runenv, platform, platforms: platforms)
    }
    return selected
  }
}

extension RecipeFormat: ExpressibleByArgument {}
