import Artifacts
import FoundationEssentials
import Model
import PackageIndex
import SystemPackage
import Testing

@Suite(
  "PackageIndex and the default index",
  .enabled(if: ProcessInfo.processInfo.environment["PPP_TEST_PEERS"] != nil))
struct PackageIndexPeerTests {
  private static let index = "https://pypi.org/simple"

  @Test("six is listed, and its wheel is fetched and verified")
  func fetchesSix() async throws {
    try await withTemporaryDirectory(in: "/tmp") { cache in
      let settings = FetchSettings.standard(environment: ProcessInfo.processInfo.environment)
      let fetcher = Fetcher(store: ArtifactStore(cache: cache), settings: settings)
      let files = try await PackageIndex(url: Self.index, fetcher: fetcher).files(
        of: PackageName(parsing: "six"))
      let wheel = try #require(files.first { $0.fileName == "six-1.17.0-py2.py3-none-any.whl" })
      let stored = try await fetcher.artifact(wheel.remoteFile)
      #expect(stored.digest == wheel.digest)
      #expect(try await fetcher.size(of: wheel.url) == stored.size)
    }
  }
}
