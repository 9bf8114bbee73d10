import ArgumentParser
import Modules

/// Finds modules by words.
struct ModulesSearch: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "List the modules in whose name, summary, inputs or outputs every word occurs.",
    discussion: "Exit code 1 when there is none.")

  @OptionGroup var place: ModulePlaceOptions
  @OptionGroup var sources: ModuleSourceOptions

  @Argument(help: "The words.")
  var text: [String]

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let words = text.joined(separator: " ")
    let modules = try await sources.shelf(of: place.workspace(in: context), in: context).search(words)
    if modules.isEmpty { context.tell("no module has '\(words)' in it; 'ppp modules list' shows them all") }
    try tell(modules, as: format, in: context)
    return modules.isEmpty ? .failed : .done
  }
}
