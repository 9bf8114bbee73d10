import Artifacts
import FoundationEssentials
import Model
import PackageIndex
import SystemPackage
import TestSupport
import Testing

@Suite(
  "PackageIndex and the default index",
  .enabled(if: Peers.areWanted))
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

  @Test("the newest wheels of ten packages come in parallel, verified")
  func fetchesTen() async throws {
    let names = [
      "numpy", "pandas", "scipy", "scikit-learn", "pillow", "lxml", "cryptography", "matplotlib", "pyarrow",
      "uv",
    ]
    try await withTemporaryDirectory(in: "/tmp") { cache in
      let settings = FetchSettings.standard(environment: ProcessInfo.processInfo.environment)
      let fetcher = Fetcher(store: ArtifactStore(cache: cache), settings: settings)
      let index = PackageIndex(url: Self.index, fetcher: fetcher)
      let clock = ContinuousClock()
      let start = clock.now
      let wheels = try await names.concurrentMap(width: 10) { name in
        try await index.files(of: PackageName(parsing: name))
          .last {
            $0.fileName.hasSuffix("x86_64.whl") && $0.fileName.contains("manylinux") && $0.digest != nil
          }
      }.compactMap(\.self)
      let listed = clock.now
      let stored = try await wheels.concurrentMap(width: 10) { try await fetcher.artifact($0.remoteFile) }
      #expect(stored.map(\.digest) == wheels.map(\.digest))
      #expect(stored.count == 10)
      let bytes = stored.reduce(0) { $0 + $1.size }
      print("10 pages \(listed - start), 10 wheels \(ByteCount(bytes)) \(clock.now - listed)")
    }
  }
}
