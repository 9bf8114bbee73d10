import ArgumentParser

/// The commands around the cache.
struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "Look at the cache of downloads and layers, and free space in it.",
    discussion: "It may be deleted at any time; what is needed comes back.",
    subcommands: [CacheInfo.self, CacheAdd.self, CachePrune.self, CacheClean.self])
}
