import ArgumentParser
import Builder
import ConfigMerge
import Model
import Terminal

/// Lists the recipes of a workspace.
struct RecipesList: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the recipes that packages may be built by.",
    discussion: "Of recipes for one package the first that is for its version, Python and platform counts.")

  @OptionGroup var place: WorkspaceOptions
  @OptionGroup var network: NetworkOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let recipes = try await place.buildable(in: context, offline: network.offline).served
    switch format {
    case .json: context.print(try json(recipes.map(RecipeFacts.init)))
    case .text:
      guard !recipes.isEmpty else {
        context.tell("there are no recipes; 'ppp new recipe PACKAGE' makes one")
        return .done
      }
      var table = Table(.init("package"), .init("for"), .init("recipe"), .init("reason"))
      for served in recipes {
        let recipe = served.recipe
        table.append([recipe.package.description, recipe.rangeText, served.reference, recipe.reason])
      }
      context.print(table.rendered(width: context.width, shrinking: 3, colored: context.screen.isColored))
    }
    return .done
  }
}

/// A recipe, for machines.
private struct RecipeFacts: Encodable {
  let package: PackageName
  let reason: String
  let versions: String?
  let python: String?
  let platforms: [Platform]
  let reference: String
  let digest: Digest

  init(_ served: ServedRecipe) {
    package = served.recipe.package
    reason = served.recipe.reason
    versions = served.recipe.versions
    python = served.recipe.python
    platforms = served.recipe.platforms
    reference = served.reference
    digest = served.digest
  }
}

extension BuildRecipe {
  /// What it is for, as far as that is not everything.
  fileprivate var rangeText: String {
    let places = platforms == Platform.all ? nil : platforms.map(\.description).joined(separator: ", ")
    return [versions, python.map { "Python \($0)" }, places].compactMap(\.self).joined(separator: "; ")
  }
}
