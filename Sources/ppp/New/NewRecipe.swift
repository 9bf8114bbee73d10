import ArgumentParser
import ConfigMerge
import Model
import SystemPackage

/// Makes a new recipe for a build.
struct NewRecipe: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "recipe",
    abstract: "Make a recipe, recipes/<package>, for a package that can't be built as it is.",
    discussion: "It is made in the workspace, or where there is none in the current directory.")

  @OptionGroup var place: ModulePlaceOptions

  @Argument(help: "The package that it is for.")
  var package: PackageName

  @OptionGroup var output: ScaffoldOptions

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let root = try place.workspace(in: context) ?? context.directory
    try await output.make(try Scaffold.recipe(for: package, in: root), in: root, context)
    output.tell(
      "next: say in recipes/\(package)/recipe.yaml what the build needs, and how it is tested", context)
    output.tell("      ppp build --rebuild \(package)", context)
    return .done
  }
}
