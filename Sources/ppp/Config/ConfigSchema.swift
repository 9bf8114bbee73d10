import ArgumentParser
import ConfigMerge

/// Prints the JSON Schema of the configuration files.
struct ConfigSchema: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print a JSON Schema (2020-12) of the configuration files, for editors.")

  func run(_ context: CommandContext) async throws -> ExitStatus {
    context.print(jsonSchema())
    return .done
  }
}
