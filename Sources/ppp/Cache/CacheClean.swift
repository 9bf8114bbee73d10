import ArgumentParser
import Artifacts
import Layers
import Model
import SystemPackage
import Terminal

/// Empties the cache.
struct CacheClean: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean", abstract: "Remove everything from the cache: artifacts, layers, tools, pages.")

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let cache = CachePaths.standard(environment: context.environment)
    let before = try await CacheInventory(of: cache).bytes
    // Both refuse while another ppp is at work, before anything is removed.
    _ = try await ArtifactStore(cache: cache).clean()
    try await blocking { _ in
      for name in ["layers", "tools", "runtimes", "uv", "built", "distributions", "builds", "tmp"] {
        try removeTree(cache.appending(name))
      }
    }
    context.print("freed \(ByteCount(before)) in '\(cache)'")
    return .done
  }
}
