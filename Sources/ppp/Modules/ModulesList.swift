import ArgumentParser
import ConfigMerge
import Model
import Modules
import Terminal

/// Lists the modules that can be added.
struct ModulesList: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the modules that can be added.",
    discussion: "Of modules with one name the first source's counts.")

  @OptionGroup var place: ModulePlaceOptions
  @OptionGroup var sources: ModuleSourceOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let modules = try await sources.shelf(of: place.workspace(in: context), in: context).all()
    if modules.isEmpty { context.tell("no source has a module; 'ppp new module NAME' makes one") }
    try tell(modules, as: format, in: context)
    return .done
  }
}

/// Prints modules, one a line.
func tell(_ modules: [FoundModule], as format: OutputFormat, in context: CommandContext) throws {
  switch format {
  case .json: context.print(try json(modules.map(ModuleFacts.init)))
  case .text:
    guard !modules.isEmpty else { return }
    var table = Table(.init("module"), .init("version"), .init("source"), .init("summary"))
    for module in modules {
      let (manifest, source) = (module.manifest, module.source.description)
      table.append([manifest.name.description, manifest.version.description, source, manifest.summary])
    }
    context.print(table.rendered(width: context.width, shrinking: 3, colored: context.screen.isColored))
  }
}
