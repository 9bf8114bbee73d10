import Artifacts
import Model
import Publish
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite("Pruning what was published")
struct PruningTests {
  private func keeping(_ count: Int) -> PublishWishes { PublishWishes(name: "test", keeping: count) }

  @Test("old versions go, with what only they need")
  func dropsOldVersions() async throws {
    try await withPublishScene { scene in
      let store = try DirectoryStore(writing: scene.directory.appending("site"))
      let first = try await scene.bundle(of: ["shared", "old"])
      _ = try await scene.publisher(to: store).publish([first])
      let second = try await scene.bundle(of: ["shared", "new"])
      let report = try await scene.publisher(to: store, keeping(1)).publish([second])
      #expect(report.dropped.map(\.version.description) == ["1"])
      // A layer, an end and a manifest.
      #expect(report.removedFiles == 3)
      #expect(try await store.list("objects/").count == 4)
      #expect(try await store.isWhole())
    }
  }

  @Test("what nobody names is left alone for a day, and what isn't ours for ever")
  func leavesYoungFiles() async throws {
    try await withPublishScene { scene in
      let store = try DirectoryStore(writing: scene.directory.appending("site"))
      let bundle = try await scene.bundle(of: ["numpy"])
      let orphan = ObjectReference(of: [1, 2, 3])
      _ = try await store.put(orphan, from: .bytes([1, 2, 3]))
      try writeAtomically([1], to: store.root.appending("objects").appending("README"))
      let now = Int64(time(nil))
      _ = try await scene.publisher(to: store, keeping(3), now: now).publish([bundle])
      #expect(try await store.has(orphan))
      _ = try await scene.publisher(to: store, keeping(3), now: now + 100_000).publish([bundle])
      #expect(try await !store.has(orphan))
      #expect(try readFile(store.root.appending("objects").appending("README")) == [1])
      #expect(try await store.isWhole())
    }
  }

  @Test("nothing is removed when it can't be known what is needed")
  func removesNothingUnsure() async throws {
    try await withPublishScene { scene in
      let store = try DirectoryStore(writing: scene.directory.appending("site"))
      let other = try await scene.bundle("python-3.12.1", of: ["other"])
      _ = try await scene.publisher(to: store).publish([other])
      let manifest = try #require(try await store.index()?.index.entries.first).manifest
      try removeTree(store.root.pushing(FilePath(manifest.name)))
      let count = try await store.list("objects/").count
      let bundle = try await scene.bundle(of: ["numpy"])
      await #expect(throws: PublishError.missingObject(manifest.name, place: store.place)) {
        try await scene.publisher(to: store, keeping(1), now: 3_000_000_000).publish([bundle])
      }
      #expect(try await store.list("objects/").count == count + 3)
    }
  }
}
