import Artifacts
import Model
import Synchronization
import SystemPackage
import TestSupport
import Testing
import Wheels

@testable import Builder

@Suite struct DistributionShelfTests {
  @Test("a wheel is opened once, and again when what was noted is damaged")
  func once() async throws {
    try await withTemporaryDirectory(in: "/tmp") { cache in
      let maker = wheel("alpha", "1.0")
      let artifact = try await ArtifactStore(cache: cache).add(maker.bytes)
      let reads = Mutex(0)
      let located = LocatedWheel(
        digest: artifact.digest, fileName: try WheelFileName(parsing: maker.fileName)
      ) {
        reads.withLock { $0 += 1 }
        return artifact
      }
      let scheme = InstallScheme(python: PythonVersion(3, 13, 5), platform: .linuxX64)
      let shelf = DistributionShelf(cache: cache)
      #expect(shelf.known(artifact.digest, scheme: scheme) == nil)
      for _ in 0..<2 {
        let distribution = try await shelf.distribution(of: located, scheme: scheme)
        #expect(distribution.version == "1.0" && distribution.imports == ["alpha"])
      }
      #expect(reads.withLock { $0 } == 1)
      let folder = cache.appending("distributions")
      for name in try listDirectory(folder) { try writeAtomically("{".utf8, to: folder.appending(name)) }
      _ = try await shelf.distribution(of: located, scheme: scheme)
      #expect(reads.withLock { $0 } == 2)
    }
  }
}
