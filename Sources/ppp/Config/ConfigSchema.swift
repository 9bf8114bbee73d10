import ArgumentParser
import ConfigMerge

/// Prints the JSON Schema of the configuration files.
struct ConfigSchema: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print a JSON Schema (2020-12) of the configuration files, for editors.")

  @Flag(help: "The schema of module.json, which describes a module source.")
  var module = false

  @Flag(help: "The schema of modules/<name>/config.json, which says what a module is built into.")
  var moduleConfig = false

  func run(_ context: CommandContext) async throws -> ExitStatus {
    context.print(module ? moduleJSONSchema() : moduleConfig ? moduleConfigurationJSONSchema() : jsonSchema())
    return .done
  }

  func validate() throws {
    if module, moduleConfig {
      throw ValidationError("--module and --module-config are two schemas; ask for one")
    }
  }
}
