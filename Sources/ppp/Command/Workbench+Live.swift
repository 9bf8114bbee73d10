import Artifacts
import Builder
import Catalogue
import ConfigMerge
import FoundationEssentials
import Layers
import Model
import Processes
import Runtimes
import SystemPackage
import Tools
import Verify

extension Workbench {
  /// The workbench of a real run: the user's cache and environment, and all processors.
  init(_ workspace: Workspace, in context: CommandContext, offline: Bool, events: @escaping EventSink) {
    let environment = context.environment
    let cache = CachePaths.standard(environment: environment)
    let artifacts = ArtifactStore(cache: cache, events: events)
    let layers = LayerStore(
      cache: cache, modificationTime: environment["SOURCE_DATE_EPOCH"].flatMap { Int64($0) } ?? 0)
    let fetcher = Fetcher(
      store: artifacts, settings: .standard(environment: environment, offline: offline), events: events)
    fetcher.keepCredentials(of: workspace.addresses)
    let index = workspace.recipes.first?.registries.default.value ?? Toolbox.standardIndex
    let toolbox = Toolbox(fetcher: fetcher, cache: cache, index: index)
    let processors = ProcessInfo.processInfo.activeProcessorCount
    let runtimes = RuntimeProviders(
      fetcher: fetcher, toolbox: toolbox, cache: cache, settings: .init(environment: environment),
      events: events)
    let interpreters = HostInterpreter(
      workspace: workspace, runtimes: runtimes, layers: layers, searchPath: environment["PATH"])
    self.init(
      workspace: workspace, cache: cache, variables: environment, artifacts: artifacts, layers: layers,
      fetcher: fetcher, toolbox: toolbox, runtimes: runtimes,
      verifier: Verifier(
        store: layers, cache: cache, scratch: FilePath(environment["TMPDIR"] ?? "/tmp"),
        settings: .init(
          width: processors, emulators: emulators(in: environment), compiler: interpreters.interpreter),
        events: events),
      catalogue: Catalogue(at: Catalogue.path(in: workspace.root)), processors: processors,
      toolVersion: Version.text, events: events)
  }
}

/// What on this machine runs programs of other platforms.
func emulators(in environment: [String: String]) -> [Platform: Emulator] {
  let names: [Platform: [String]] = [.linuxAArch64: ["qemu-aarch64-static", "qemu-aarch64"]]
  return names.reduce(into: [:]) { found, entry in
    guard entry.key != Platform.host else { return }
    let program = entry.value.lazy.compactMap { findExecutable($0, in: environment["PATH"]) }.first
    if let program { found[entry.key] = Emulator(executable: program) }
  }
}

extension Workspace {
  /// The URLs that the configuration names for fetching from, as they are written there.
  fileprivate var addresses: [String] {
    let addresses = recipes.flatMap { recipe in
      [recipe.registries.default.value] + recipe.registries.additional.map(\.value)
        + [recipe.runtime.mirror?.value, recipe.runtime.url?.value].compactMap(\.self)
        + recipe.dependencies.compactMap(\.value.url)
    }
    return addresses.filter { $0.contains("@") }
  }
}
