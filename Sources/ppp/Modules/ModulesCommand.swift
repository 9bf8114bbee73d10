import ArgumentParser

/// The commands that look at modules, those of sources and those that were added.
struct ModulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "modules",
    abstract: "Find modules to add, and compare those that were added with their sources.",
    discussion: """
      Modules are looked for in the workspace's modules/, then where modules.sources in its shared \
      configuration says. None of these commands writes to your repository.
      """,
    subcommands: [
      ModulesList.self, ModulesSearch.self, ModulesShow.self, ModulesOutdated.self, ModulesDiff.self,
    ])
}
