import Artifacts
import Model
import SystemPackage
import TestSupport
import Testing

@Suite("Fetcher")
struct FetcherTests {
  @Test("an artifact is fetched, verified and stored under its digest")
  func fetches() async throws {
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let server = try LoopbackServer(files: ["/a.whl": bytes])
    try await withTemporaryDirectory(in: "/tmp") { cache in
      let fetcher = Fetcher(store: ArtifactStore(cache: cache))
      let file = RemoteFile(
        urls: [server.url("/a.whl")], digest: .sha256(of: bytes), size: Int64(bytes.count))
      let stored = try await fetcher.artifact(file)
      #expect(try readFile(stored.path) == bytes)
      #expect(try await fetcher.artifact(file) == stored)
      #expect(server.count(of: "/a.whl") == 1)
    }
  }
}
