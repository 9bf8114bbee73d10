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
    guard let cache = CacheDirectory.present(in: context.environment) else {
      context.print("there is no cache yet")
      return .done
    }
    let before = try await CacheInventory(of: cache).bytes
    // Both refuse while another ppp is at work, before they remove anything.
    let layers = LayerStore(cache: cache)
    _ = try await blocking { _ in try layers.prune(try layers.inventory().map(\.digest)) }
    _ = try await ArtifactStore(cache: cache).clean()
    try await blocking { _ in
      for name in ["layers"] + CacheDirectory.workNames { try removeTree(cache.appending(name)) }
    }
    context.print("freed \(ByteCount(before)) in '\(cache)'")
    return .done
  }
}
