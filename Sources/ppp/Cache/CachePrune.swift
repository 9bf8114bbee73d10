import ArgumentParser
import Artifacts
import Layers
import Model
import SystemPackage
import Terminal

/// Frees space in the cache.
struct CachePrune: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Remove what was used longest ago until the cache is within its limit.",
    discussion: "Layers go before artifacts: they are made again without the network.")

  @Option(help: "How much may stay, as in 5GB; PPP_CACHE_LIMIT or 20GB by default.")
  var limit: String?

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let limit =
      if let text = self.limit { try CacheLimit(parsing: text) } else {
        try CacheLimit(environment: context.environment)
      }
    guard let cache = CacheDirectory.present(in: context.environment) else {
      context.print("there is no cache yet")
      return .done
    }
    let freed = try await prune(cache, to: limit)
    context.print("freed \(ByteCount(freed.bytes)) in \(freed.files) files")
    return .done
  }
}

/// Removes layers and then artifacts, those used longest ago first, until both together are within the limit.
func prune(_ cache: FilePath, to limit: CacheLimit) async throws -> (files: Int, bytes: Int64) {
  let artifacts = ArtifactStore(cache: cache)
  let layers = LayerStore(cache: cache)
  let kept = try await artifacts.list().reduce(0) { $0 + $1.size }
  let stored = try await blocking { _ in try layers.inventory() }.sorted { $0.lastUse < $1.lastUse }
  var total = kept + stored.reduce(0) { $0 + $1.size }
  let old = stored.prefix { layer in
    defer { total -= layer.size }
    return total > limit.bytes
  }
  let digests = old.map(\.digest)
  let pruned = try await blocking { _ in try layers.prune(digests) }
  let rest = stored.reduce(0) { $0 + $1.size } - pruned.bytes
  let removed = try await artifacts.prune(to: max(0, limit.bytes - rest))
  return (pruned.layers + removed.files, pruned.bytes + removed.bytes)
}
