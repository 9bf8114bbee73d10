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

  @Flag(help: "The schema of recipes/<package>/recipe.json, which says how a package is built.")
  var recipe = false

  func run(_ context: CommandContext) async throws -> ExitStatus {
    context.print(schema)
    return .done
  }

  func validate() throws {
    guard [module, moduleConfig, recipe].count(where: { $0 }) <= 1 else {
      throw ValidationError("--module, --module-config and --recipe are schemas of their own; ask for one")
    }
  }

  private var schema: String {
    if module { return moduleJSONSchema() }
    if recipe { return buildRecipeJSONSchema() }
    return moduleConfig ? moduleConfigurationJSONSchema() : jsonSchema()
  }
}
