import ArgumentParser

/// The commands that start something of one's own.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Start a module of your own, which others can add, or a recipe for a build.",
    subcommands: [NewModule.self, NewRecipe.self])
}
