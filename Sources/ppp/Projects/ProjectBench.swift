import Artifacts
import ConfigMerge
import FoundationEssentials
import Model
import Modules
import Projects
import SystemPackage
import Tools

/// What commands on a repository's own projects work with: ppp's uv, and the modules that its sources may need.
struct ProjectBench: Sendable {
  let repository: ProjectRepository
  let context: CommandContext
  let isOffline: Bool
  let events: EventSink

  /// ppp's own uv, fetched when it is first needed, at work in the user's environment.
  ///
  /// It comes from the index that the workspace's configuration names, where there is one.
  /// - Throws: `ConfigurationErrors`, `ToolError`, and what fetching throws.
  func uv() async throws -> ProjectUV {
    let fetcher = fetcher
    var index = Toolbox.standardIndex
    if isWorkspace {
      let recipe = try Workspace.load(at: repository.root).recipes.first
      index = recipe?.registries.default.value ?? index
      fetcher.keepCredentials(of: [index].filter { $0.contains("@") })
    }
    let program = try await Toolbox(fetcher: fetcher, cache: cache, index: index).uv()
    return ProjectUV(program, for: repository, environment: context.environment, isOffline: isOffline)
  }

  /// The repository's own module sources, and those that the workspace's configuration names.
  ///
  /// - Throws: `ConfigurationErrors`.
  func shelf() throws -> ModuleShelf {
    let sources =
      isWorkspace
      ? try Workspace.moduleSources(at: repository.root) : [.workspace(at: repository.root)]
    return ModuleShelf(
      sources: sources, cache: cache, fetcher: fetcher,
      git: Git.find(in: context.environment, isOffline: isOffline), events: events)
  }

  /// How many modules are worked on at once.
  var width: Int { ProcessInfo.processInfo.activeProcessorCount }

  private var isWorkspace: Bool { Workspace.find(from: repository.root) == repository.root }

  private var cache: FilePath { CachePaths.standard(environment: context.environment) }

  private var fetcher: Fetcher {
    Fetcher(
      store: ArtifactStore(cache: cache, events: events),
      settings: .standard(environment: context.environment, offline: isOffline), events: events)
  }
}
