package import Artifacts
package import Catalogue
package import ConfigMerge
package import Layers
package import Model
package import Runtimes
import Synchronization
package import SystemPackage
package import Tools
package import Verify

/// What a build works with: the workspace, the cache's stores, and what reaches the outside.
package struct Workbench: Sendable {
  package let workspace: Workspace
  package let cache: FilePath
  /// The process's environment, from which listed variables reach the programs that are run.
  package let variables: [String: String]
  package let artifacts: ArtifactStore
  package let layers: LayerStore
  package let fetcher: Fetcher
  package let toolbox: Toolbox
  package let runtimes: RuntimeProviders
  package let verifier: Verifier
  package let catalogue: Catalogue
  package let events: EventSink
  /// The version of this ppp, which goes on record with what it makes.
  package let toolVersion: String
  /// One place for each processor, for work that keeps one busy.
  package let processors: Slots
  /// What several cells want at once is made by one of them.
  let layersInWork = SingleFlight<Digest, Layer>()
  let wheelsInWork = SingleFlight<Digest, BuiltWheel>()
  let compilers: Compilers
  /// Whether building from source is forbidden; wheels that were built before are used.
  package var refusesBuilds = false
  /// Packages to build from source again, though their wheels are there.
  package var rebuilds: Set<PackageName> = []
  let rebuilt = Rebuilt()

  /// What was built again in this run, by key.
  final class Rebuilt: Sendable {
    let keys = Mutex<Set<Digest>>([])
  }

  package init(
    workspace: Workspace, cache: FilePath, variables: [String: String], artifacts: ArtifactStore,
    layers: LayerStore,
    fetcher: Fetcher, toolbox: Toolbox, runtimes: RuntimeProviders, verifier: Verifier, catalogue: Catalogue,
    processors: Int, toolVersion: String, events: @escaping EventSink
  ) {
    self.workspace = workspace
    self.cache = cache
    self.variables = variables
    compilers = Compilers(variables: variables)
    self.artifacts = artifacts
    self.layers = layers
    self.fetcher = fetcher
    self.toolbox = toolbox
    self.runtimes = runtimes
    self.verifier = verifier
    self.catalogue = catalogue
    self.processors = Slots(count: processors)
    self.events = events
    self.toolVersion = toolVersion
  }
}

extension Workbench {
  /// Finds interpreters that this machine can run.
  package var hostInterpreter: HostInterpreter {
    HostInterpreter(workspace: workspace, runtimes: runtimes, layers: layers, searchPath: variables["PATH"])
  }

  /// A planner that knows what is on record now.
  package func planner() async throws -> Planner {
    Planner(
      workspace: workspace, summaries: try await catalogue.summaries(), store: artifacts,
      compilers: compilers)
  }

  /// What locking needs.
  package var resolverTools: ResolverTools {
    ResolverTools(
      uv: toolbox.uv, cache: cache, fetcher: fetcher, environment: variables,
      interpreter: hostInterpreter.interpreter, pin: runtimes.pin, events: events)
  }
}
