import ArgumentParser

/// The commands that put something new into a repository.
struct AddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add modules to a repository, or a runenv to a workspace.",
    discussion: "What is there is never overwritten unasked.",
    subcommands: [AddModule.self, AddRunenv.self])
}
