import Artifacts
import Catalogue
import Layers
import Model
import Publish
import SystemPackage
import Testing

@Suite("Publishing to a directory")
struct PublisherTests {
  private func withStore(_ body: (PublishScene, DirectoryStore) async throws -> Void) async throws {
    try await withPublishScene { scene in
      try await body(scene, DirectoryStore(writing: scene.directory.appending("site")))
    }
  }

  @Test("everything is there that the index names, and the bundle can be put together again")
  func publishes() async throws {
    try await withStore { scene, store in
      let bundle = try await scene.bundle(of: ["numpy", "scipy"])
      let report = try await scene.publisher(to: store).publish([bundle])
      #expect(report.items.map(\.change) == [.added])
      #expect(report.sentObjects == 4)
      let reading = try #require(try await store.index())
      #expect(reading.index.name == "test")
      #expect(reading.index.sequence == 1)
      let entry = try #require(reading.index.newest(of: bundle.cell))
      #expect(entry.version.description == "1")
      #expect(entry.state == .unchecked)
      let manifest = try await store.manifest(of: entry)
      #expect(manifest.bundle == bundle)
      var bytes: [UInt8] = []
      for object in manifest.objects { bytes += try await store.bytes(of: object) }
      #expect(Digest.sha256(of: bytes) == bundle.digest)
      let page = String(decoding: try #require(try await store.read("index.html")).bytes, as: UTF8.self)
      #expect(page.contains(#""version":"1""#))
      #expect(try listDirectory(store.root.appending(".drafts")).isEmpty)
    }
  }

  @Test("the page says when a bundle was published")
  func tellsTime() async throws {
    try await withStore { scene, store in
      let wishes = PublishWishes(name: "test", publishedAt: 1_700_000_000)
      _ = try await scene.publisher(to: store, wishes).publish([try await scene.bundle(of: ["numpy"])])
      let page = String(decoding: try #require(try await store.read("index.html")).bytes, as: UTF8.self)
      #expect(page.contains(#""publishedAt":1700000000"#))
    }
  }

  @Test("publishing the same again changes not a byte")
  func isIdempotent() async throws {
    try await withStore { scene, store in
      let bundle = try await scene.bundle(of: ["numpy"])
      _ = try await scene.publisher(to: store).publish([bundle])
      let before = try await store.list("")
      let report = try await scene.publisher(to: store, now: 2_100_000_000).publish([bundle])
      #expect(report.items.map(\.change) == [.unchanged])
      #expect(report.sentBytes == 0)
      #expect(try await Set(store.list("")) == Set(before))
    }
  }

  @Test("a second version sends the layer that changed, the end and the manifest only")
  func sharesLayers() async throws {
    try await withStore { scene, store in
      let many = String(repeating: "0123456789", count: 100)
      _ = try await scene.publisher(to: store).publish([try await scene.bundle(of: ["a\(many)", "b"])])
      let next = try await scene.bundle(of: ["a\(many)", "c"])
      let publisher = scene.publisher(to: store)
      let (plan, missing) = try await publisher.plan([next])
      #expect(plan.items.map(\.version.description) == ["2"])
      #expect(missing.objects.map(\.name) == ["wheel c", "end of \(next.cell)"])
      let report = try await publisher.publish([next])
      #expect(report.sentObjects == 3)
      #expect(try await store.index()?.index.versions(of: next.cell).count == 2)
      #expect(try await store.isWhole())
    }
  }

  @Test("a plan writes nothing")
  func plansOnly() async throws {
    try await withStore { scene, store in
      _ = try await scene.publisher(to: store).plan([try await scene.bundle(of: ["numpy"])])
      #expect(try await store.list("").filter { !$0.name.hasPrefix(".") }.isEmpty)
    }
  }

  @Test("a version that is there keeps its content, unless it is to be replaced")
  func keepsVersions() async throws {
    try await withStore { scene, store in
      let version = try PublishedVersion(parsing: "2026.11")
      let wishes = PublishWishes(name: "test", version: version)
      let first = try await scene.bundle(of: ["numpy"])
      _ = try await scene.publisher(to: store, wishes).publish([first])
      #expect(
        try await scene.publisher(to: store, wishes).publish([first]).items.map(\.change) == [.unchanged])
      let second = try await scene.bundle(of: ["scipy"])
      await #expect(
        throws: PublishError.conflict(first.cell, version, old: first.digest, new: second.digest)
      ) {
        try await scene.publisher(to: store, wishes).publish([second])
      }
      var replacing = wishes
      replacing.replaces = true
      #expect(
        try await scene.publisher(to: store, replacing).publish([second]).items.map(\.change) == [.replaced])
      let entries = try #require(try await store.index()).index.entries
      #expect(entries.map(\.digest) == [second.digest])
      let again = try await scene.bundle(of: ["numpy"])
      let next = try await scene.publisher(to: store).publish([again])
      #expect(next.items.map(\.version.description) == ["2027"])
    }
  }

  @Test("what was checked since is told anew when it is to be replaced, and what was lost is sent again")
  func refreshes() async throws {
    try await withStore { scene, store in
      let bundle = try await scene.bundle(of: ["numpy"])
      _ = try await scene.publisher(to: store).publish([bundle])
      var checked = bundle
      checked.verification = VerificationRecord(checks: [CheckRecord(name: "x", outcome: .passed)])
      #expect(try await scene.publisher(to: store).publish([checked]).items.map(\.change) == [.unchanged])
      let wishes = PublishWishes(name: "test", replaces: true)
      #expect(
        try await scene.publisher(to: store, wishes).publish([checked]).items.map(\.change) == [.replaced])
      #expect(try await store.index()?.index.entries.map(\.state) == [.passed])
      try removeTree(store.root.pushing(FilePath(ObjectReference.name(of: bundle.layers[0].digest))))
      #expect(
        try await scene.publisher(to: store, wishes).publish([checked]).items.map(\.change) == [.unchanged])
      #expect(try await store.isWhole())
    }
  }

  @Test("a layer that the cache has lost, or that is damaged there, comes from the bundle's file")
  func readsLayersFromBundle() async throws {
    try await withStore { scene, store in
      let bundle = try await scene.bundle(of: ["numpy", "scipy"])
      try removeTree(scene.layers.path(of: bundle.layers[0].digest))
      let damaged = scene.layers.path(of: bundle.layers[1].digest)
      try removeTree(damaged)
      try writeAtomically([UInt8](repeating: 1, count: Int(bundle.layers[1].size)), to: damaged)
      _ = try await scene.publisher(to: store).publish([bundle])
      #expect(try await store.isWhole())
    }
  }

  @Test("a bundle that is nowhere is an error that says what to do, and leaves no index")
  func refusesLostBundle() async throws {
    try await withStore { scene, store in
      let bundle = try await scene.bundle(of: ["numpy"])
      try removeTree(scene.workspace)
      await #expect(throws: PublishError.lostBundle(bundle.file, cell: bundle.cell)) {
        try await scene.publisher(to: store).publish([bundle])
      }
      try removeTree(scene.layers.path(of: bundle.layers[0].digest))
      await #expect(throws: PublishError.lostLayer("wheel numpy", cell: bundle.cell)) {
        try await scene.publisher(to: store).publish([bundle])
      }
      #expect(try await store.index() == nil)
    }
  }

  @Test("of many who publish at once, nobody's bundle is lost")
  func mergesConcurrentPublishers() async throws {
    try await withStore { scene, store in
      let bundles = try await (0..<8).concurrentMap(width: 1) { number in
        try await scene.bundle("python-3.13.\(number)", of: ["shared", "own \(number)"])
      }
      _ = try await bundles.concurrentMap(width: 8) { bundle in
        try await scene.publisher(to: store).publish([bundle])
      }
      let index = try #require(try await store.index()).index
      #expect(index.entries.map(\.cell) == bundles.map(\.cell).sorted())
      #expect(index.sequence == 8)
      #expect(try await store.isWhole())
    }
  }

  @Test("a catalogue that is no such thing is an error, and stays as it is")
  func refusesForeignIndex() async throws {
    try await withStore { scene, store in
      try writeAtomically(Array("{}".utf8), to: store.root.appending("index.json"))
      let bundle = try await scene.bundle(of: ["numpy"])
      await #expect(
        throws: PublishError.malformed("index.json", place: store.place, reason: "'schemaVersion' is missing")
      ) { try await scene.publisher(to: store).publish([bundle]) }
      try writeAtomically(Array(#"{"schemaVersion":2}"#.utf8), to: store.root.appending("index.json"))
      await #expect(throws: PublishError.newerFormat("index.json", place: store.place, version: 2)) {
        try await scene.publisher(to: store).publish([bundle])
      }
      #expect(try await store.list("objects/").isEmpty)
    }
  }
}
