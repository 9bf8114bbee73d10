import Artifacts
import ConfigMerge
import Layers
import Model
import SystemPackage

/// An archive, unpacked once into `<cache>/modules/archives/<its digest>`.
struct ArchiveOrigin: UnpackedOrigin {
  let source: ModuleSource
  let place: ModuleSource.ArchivePlace
  let cache: FilePath
  let fetcher: Fetcher?
  private let opened = Memo<ModuleDirectory>()
  private let lock: CacheLock

  init(_ source: ModuleSource, _ place: ModuleSource.ArchivePlace, cache: FilePath, fetcher: Fetcher?) {
    self.source = source
    self.place = place
    self.cache = cache
    self.fetcher = fetcher
    lock = CacheLock(cache: cache)
  }

  /// Sources are small; what unpacks to more than this is something else.
  private static let limits = ArchiveLimits(entries: 100_000, bytes: 1 << 30)

  func open() async throws -> ModuleDirectory? {
    try await opened.value {
      let trees = cache.appending("modules").appending("archives")
      let tree = trees.appending(place.sha256.hex)
      try makeDirectory(trees)
      try await blocking { [lock] _ in try lock.share() }
      if FileStatus(of: tree)?.kind != .directory { try await unpack(to: tree) }
      return try ModuleDirectory.opened(source, tree: tree, subdirectory: place.subdirectory, revision: nil)
    }
  }

  private func unpack(to tree: FilePath) async throws {
    guard let fetcher else { throw SourceError.noFetcher(place.url.withoutSecrets) }
    let archive = try await fetcher.artifact(RemoteFile(urls: [place.url], digest: place.sha256))
    try await withTemporaryDirectory(in: tree.removingLastComponent(), prefix: ".draft-") { draft in
      let files = draft.appending("files")
      try await blocking { cancellation in
        try ArchiveExtractor(limits: Self.limits).extract(archive, into: files, cancellation: cancellation)
        try settle(files, at: tree)
      }
    }
  }
}
