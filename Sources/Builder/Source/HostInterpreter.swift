package import ConfigMerge
package import Layers
package import Model
import Processes
package import Runtimes
package import SystemPackage

/// Finds an interpreter that this machine can run, of the minor version that is wanted.
///
/// The workspace's own interpreter for this machine's platform is the first choice, one on PATH the second.
package struct HostInterpreter: Sendable {
  private let workspace: Workspace
  private let runtimes: RuntimeProviders
  private let layers: LayerStore
  private let searchPath: String?

  package init(workspace: Workspace, runtimes: RuntimeProviders, layers: LayerStore, searchPath: String?) {
    self.workspace = workspace
    self.runtimes = runtimes
    self.layers = layers
    self.searchPath = searchPath
  }

  /// The program, or nil when there is none.
  package func interpreter(for python: PythonVersion) async throws -> FilePath? {
    guard let host = Platform.host else { return nil }
    if let recipe = recipe(for: python, on: host),
      let prefix = try await runtimes.unpacked(
        pin(for: recipe), spec: try RuntimeSpec(recipe), in: layers,
        level: recipe.build.compressionLevel.value)
    {
      return RuntimeProviders.executable(in: prefix, python: recipe.python, platform: host)
    }
    return try await onSearchPath("python\(python.minorVersion)")
  }

  /// The first program of that name that starts, by its own name for itself: what a version manager puts on PATH is a
  /// script that may have nothing to start.
  private func onSearchPath(_ name: String) async throws -> FilePath? {
    for entry in (searchPath ?? "").split(separator: ":") {
      guard let candidate = findExecutable(name, in: String(entry)) else { continue }
      let command = Command(
        candidate, ["-I", "-c", "import sys; print(sys.executable)"],
        environment: ["PATH": searchPath ?? ""], timeout: .seconds(30))
      let result = try await run(command)
      guard result.succeeded, let line = result.text.split(whereSeparator: \.isNewline).last else { continue }
      return FilePath(String(line))
    }
    return nil
  }

  /// The recipe of the nearest version that comes with an interpreter.
  private func recipe(for python: PythonVersion, on host: Platform) -> Recipe? {
    let candidates = workspace.cells.filter { $0.platform == host }.compactMap(workspace.recipe)
      .filter { $0.python.minorVersion == python.minorVersion && $0.runtime.provider.value != .external }
    return candidates.first { $0.python == python } ?? candidates.last
  }

  private func pin(for recipe: Recipe) async throws -> RuntimePin {
    if case .current(let lock) = LockState(of: recipe, in: workspace) { return lock.runtime }
    return try await runtimes.pin(try RuntimeSpec(recipe))
  }
}
