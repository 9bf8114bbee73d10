import ArgumentParser

/// The commands that look at recipes for builds.
struct RecipesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recipes",
    abstract: "Show the recipes that packages are built from source by.",
    discussion: """
      They are those of the workspace's recipes/, then those of recipes.sources in its shared configuration.
      """,
    subcommands: [RecipesList.self])
}
