import Artifacts
import Catalogue
import Model
import Publish
import SystemPackage

/// A directory of its own, with a fetcher that never really waits.
struct PublishScene {
  let directory: FilePath
  let fetcher: Fetcher

  init(_ directory: FilePath, retries: Int = 4) {
    self.directory = directory
    let settings = FetchSettings(
      retries: retries, connectTimeout: .seconds(5), stallTimeout: .seconds(20), sleep: { _ in },
      jitter: { 1 })
    fetcher = Fetcher(store: ArtifactStore(cache: directory.appending("cache")), settings: settings)
  }
}

@discardableResult
func withPublishScene<Value>(
  retries: Int = 4, _ body: (PublishScene) async throws -> Value
) async throws -> Value {
  try await withTemporaryDirectory(in: "/tmp", prefix: "ppp-publish-") {
    try await body(PublishScene($0, retries: retries))
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

extension ObjectReference {
  init(of bytes: [UInt8]) { self.init(digest: .sha256(of: bytes), size: Int64(bytes.count)) }
}
