import ArgumentParser
import ConfigMerge
import Model
import Modules
import Terminal

/// Shows one module whole.
struct ModulesShow: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a module: what it takes and gives, its options, and what it needs.")

  @OptionGroup var place: ModulePlaceOptions
  @OptionGroup var sources: ModuleSourceOptions

  @Argument(help: "The module, as NAME or NAME@VERSION.")
  var module: String

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let reference = try ModuleReference(parsing: module)
    let found = try await sources.shelf(of: place.workspace(in: context), in: context).find(reference)
    switch format {
    case .json: context.print(try json(ModuleFacts(found)))
    case .text:
      context.print(ModuleText(found.manifest).whole(source: found.source.description, for: context))
    }
    return .done
  }
}
