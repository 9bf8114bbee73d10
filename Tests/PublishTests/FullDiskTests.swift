import Artifacts
import Catalogue
import Model
import Publish
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite(
  "Publishing to a full disk",
  .enabled(if: Peers.areWanted && geteuid() == 0, "it mounts a small file system, which root may"))
struct FullDiskTests {
  @Test("a full disk is told with its path, leaves nothing half, and is gone on with once there is room")
  func tells() async throws {
    try await withPublishScene { scene in
      let site = scene.directory.appending("site")
      try makeDirectory(site)
      try await Peers.run(
        "mount", ["-t", "tmpfs", "-o", "size=512k", "tmpfs", site.string], in: scene.directory)
      let ballast = site.appending("ballast")
      try writeAtomically([UInt8](repeating: 1, count: 300_000), to: ballast)
      let large = sampleBytes(400_000).map { String($0, radix: 36) }.joined()
      let bundle = try await scene.bundle(of: ["small", large])
      let store = try DirectoryStore(writing: site)
      let error = await #expect(throws: FileError.self) {
        try await scene.publisher(to: store).publish([bundle])
      }
      #expect(error?.code == .noSpace)
      #expect(error?.hint == "free some space, or choose another place")
      let index = try await store.index()
      #expect(index == nil)
      #expect(try listDirectory(site.appending(".drafts")).isEmpty)
      try removeTree(ballast)
      try await Peers.run("mount", ["-o", "remount,size=8m", site.string], in: scene.directory)
      _ = try await scene.publisher(to: store).publish([bundle])
      let isWhole = try await store.isWhole()
      #expect(isWhole)
      try await Peers.run("umount", [site.string], in: scene.directory)
    }
  }
}
