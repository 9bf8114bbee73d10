import ArgumentParser
import ConfigMerge
import Modules
import SystemPackage

/// Which repository's added modules a command is about, and where their sources are.
struct AddedModuleOptions: ParsableArguments {
  @Option(
    name: [.customShort("C"), .long],
    help: ArgumentHelp(
      "The repository with the modules; by default the one that the current directory is in.",
      valueName: "directory"),
    completion: .directory)
  var repository: String?

  @OptionGroup var sources: ModuleSourceOptions

  /// - Throws: what is wrong with the configured sources; none at all is fine, since modules know where they came from.
  func added(in context: CommandContext) throws -> AddedModules {
    let directory = repository.map { context.directory.pushing(FilePath($0)).lexicallyNormalized() }
    let repository = directory.map(Repository.init(root:)) ?? Repository.find(from: context.directory)
    let workspace = Workspace.find(from: repository.root)
    return AddedModules(
      repository: repository, shelf: try sources.shelf(of: workspace, in: context, mayBeEmpty: true))
  }
}
