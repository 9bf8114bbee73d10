import Artifacts
import Model
import Synchronization
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// A fetcher with a cache of its own that never really waits between tries.
struct FetchScene {
  let cache: FilePath
  let fetcher: Fetcher
  let log: EventLog

  var store: ArtifactStore { fetcher.store }

  /// A second process, as it were: another fetcher on the same cache.
  func another(offline: Bool = false, credentials: Credentials = .none) -> FetchScene {
    FetchScene(cache: cache, offline: offline, credentials: credentials)
  }

  init(
    cache: FilePath, offline: Bool = false, retries: Int = 4, stallTimeout: Duration = .seconds(60),
    credentials: Credentials = .none
  ) {
    let log = EventLog()
    let settings = FetchSettings(
      offline: offline, retries: retries, connectTimeout: .seconds(5), stallTimeout: stallTimeout,
      credentials: credentials, sleep: { log.add($0) }, jitter: { 1 })
    self.cache = cache
    self.log = log
    let store = ArtifactStore(cache: cache, events: { log.add($0) })
    fetcher = Fetcher(store: store, settings: settings, events: { log.add($0) })
  }
}

func withScene(
  offline: Bool = false, retries: Int = 4, stallTimeout: Duration = .seconds(60),
  credentials: Credentials = .none, _ body: (FetchScene) async throws -> Void
) async throws {
  try await withTemporaryDirectory(in: "/tmp", prefix: "ppp-artifacts-") { directory in
    try await body(
      FetchScene(
        cache: directory.appending("cache"), offline: offline, retries: retries,
        stallTimeout: stallTimeout, credentials: credentials))
  }
}

/// What was reported, and how long the fetcher would have waited.
final class EventLog: Sendable {
  private let content = Mutex<(events: [Event], waits: [Duration])>(([], []))

  func add(_ event: Event) { content.withLock { $0.events.append(event) } }

  func add(_ wait: Duration) { content.withLock { $0.waits.append(wait) } }

  var events: [Event] { content.withLock { $0.events } }
  var waits: [Duration] { content.withLock { $0.waits } }

  var warnings: [String] {
    events.compactMap { event in
      guard case .diagnosed(let diagnostic) = event else { return nil }
      return diagnostic.message
    }
  }
}

/// Bytes that don't repeat in an obvious way.
func sampleBytes(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt8(truncatingIfNeeded: state >> 33)
  }
}

func remote(_ url: String, _ bytes: [UInt8], size: Bool = true) -> RemoteFile {
  RemoteFile(urls: [url], digest: .sha256(of: bytes), size: size ? Int64(bytes.count) : nil)
}

func makeSymbolicLink(to target: String, at path: FilePath) throws {
  guard symlink(target, path.string) == 0 else { throw Errno(rawValue: errno) }
}

extension FetchScene {
  /// Waits until so much of a file has arrived.
  func waitForPartial(of bytes: [UInt8], size: Int) async {
    let path = cache.appending("partial").appending(Digest.sha256(of: bytes).hex)
    for _ in 0..<2000 where (try? readFile(path).count) ?? 0 < size {
      try? await Task.sleep(for: .milliseconds(5))
    }
  }
}
