import ArgumentParser
import Artifacts
import Builder
import ConfigMerge
import Model
import Modules
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

  /// The workspace with its modules' cells.
  func workspace(in context: CommandContext) async throws -> Workspace {
    let workspace = try Workspace.load(at: root(in: context))
    return try await ModuleSurvey(of: workspace, variables: context.environment).injected()
  }

  /// The workspace as it is built: with its modules' cells and its recipes, those of sources too.
  func buildable(in context: CommandContext, offline: Bool = false) async throws -> Workspace {
    let workspace = try await workspace(in: context)
    return try await RecipeSurvey(of: workspace, trees: sourceTrees(in: context, offline: offline)).served()
  }

  /// What opens the sources of recipes.
  private func sourceTrees(in context: CommandContext, offline: Bool) -> SourceTrees {
    let environment = context.environment
    let cache = CachePaths.standard(environment: environment)
    let fetcher = Fetcher(
      store: ArtifactStore(cache: cache), settings: .standard(environment: environment, offline: offline),
      events: { _ in })
    let events: EventSink = { event in
      if case .diagnosed(let diagnostic) = event { context.report(diagnostic) }
    }
    return SourceTrees(
      cache: cache, fetcher: fetcher, git: Git.find(in: environment, isOffline: offline), events: events)
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
