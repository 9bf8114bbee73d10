import ArgumentParser
import Artifacts
import ConfigMerge
import Model
import Modules
import SystemPackage

/// Where modules are looked for.
struct ModuleSourceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Look for modules here first; may be repeated.",
      discussion: "A directory, git+https://host/x.git@TAG, or https://host/x.tar.gz#sha256=DIGEST.",
      valueName: "source"),
    completion: .directory)
  var from: [String] = []

  @OptionGroup var network: NetworkOptions

  /// The sources that the command line and then the workspace name.
  ///
  /// - Throws: `ModuleCommandError.noSource` when there is nowhere to look, and what is wrong with the configuration.
  func shelf(
    of workspace: FilePath?, in context: CommandContext, mayBeEmpty: Bool = false
  ) throws -> ModuleShelf {
    var sources = try from.map { try ModuleSource(parsing: $0, relativeTo: context.directory) }
    if let workspace { sources += try Workspace.moduleSources(at: workspace) }
    guard mayBeEmpty || !sources.isEmpty else { throw ModuleCommandError.noSource(context.directory) }
    return try shelf(of: sources, in: context)
  }

  /// These sources; nothing is set up for the network unless one of them is there.
  private func shelf(of sources: [ModuleSource], in context: CommandContext) throws -> ModuleShelf {
    let environment = context.environment
    let cache = CachePaths.standard(environment: environment)
    let events: EventSink = { event in
      if case .diagnosed(let diagnostic) = event { context.report(diagnostic) }
    }
    return ModuleShelf(
      sources: sources, cache: cache, fetcher: fetcher(cache, in: context),
      git: Git.find(in: environment, isOffline: network.offline), events: events)
  }

  private func fetcher(_ cache: FilePath, in context: CommandContext) -> Fetcher {
    Fetcher(
      store: ArtifactStore(cache: cache),
      settings: .standard(environment: context.environment, offline: network.offline), events: { _ in })
  }
}
