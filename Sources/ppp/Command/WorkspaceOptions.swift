import ArgumentParser
import Builder
import ConfigMerge
import SystemPackage

/// Which workspace a command works on.
struct WorkspaceOptions: ParsableArguments {
  @Option(
    name: [.customShort("C"), .long],
    help: ArgumentHelp(
      "The workspace: a directory with shared-config.json.",
      discussion: "By default the nearest one upwards.",
      valueName: "directory"),
    completion: .directory)
  var workspace: String?

  /// The workspace with its modules' cells and its recipes.
  func workspace(in context: CommandContext) async throws -> Workspace {
    let workspace = try Workspace.load(at: root(in: context))
    let injected = try await ModuleSurvey(of: workspace, variables: context.environment).injected()
    return try await RecipeSurvey(of: injected).served()
  }

  /// The workspace's root, absolute.
  func root(in context: CommandContext) throws(CommandError) -> FilePath {
    if let workspace {
      let root = context.directory.pushing(FilePath(workspace)).lexicallyNormalized()
      guard Workspace.find(from: root) == root else { throw .noWorkspace(in: root) }
      return root
    }
    guard let root = Workspace.find(from: context.directory) else {
      throw .noWorkspace(in: context.directory)
    }
    return root
  }
}
