import Artifacts
import Catalogue
import Model
import Publish
import Synchronization
import SystemPackage
import TestSupport
import Testing

@Suite("Buckets as destinations")
struct S3StoreTests {
  private let bytes = sampleBytes(300_000)

  @Test("what is published to a bucket is whole, and a second time nothing is sent")
  func publishes() async throws {
    let s3 = try FakeS3()
    try await withPublishScene { scene in
      let store = try s3.store(scene)
      let bundle = try await scene.bundle(of: ["numpy", "scipy"])
      _ = try await scene.publisher(to: store).publish([bundle])
      #expect(try await store.isWhole())
      #expect(s3.objects["cat/index.json"] != nil && s3.objects["cat/index.html"] != nil)
      let before = s3.objects
      #expect(try await scene.publisher(to: store).publish([bundle]).sentBytes == 0)
      #expect(s3.objects == before)
      #expect(!s3.server.requests.contains { $0.method == "PUT" && $0.headers["authorization"] == nil })
    }
  }

  @Test("the index comes last, and every object before the manifest that names it")
  func keepsOrder() async throws {
    let s3 = try FakeS3()
    try await withPublishScene { scene in
      let bundle = try await scene.bundle(of: ["numpy", "scipy"])
      _ = try await scene.publisher(to: s3.store(scene)).publish([bundle])
      let names = s3.server.requests.filter { $0.method == "PUT" }.map(\.path)
      let manifest = try #require(try await s3.store(scene).index()?.index.entries.first).manifest.name
      #expect(names.firstIndex(of: "/bucket/cat/\(manifest)") == 3)
      #expect(names.dropFirst(4) == ["/bucket/cat/index.json", "/bucket/cat/index.html"])
    }
  }

  @Test("of many who publish at once, nobody's bundle is lost")
  func mergesConcurrentPublishers() async throws {
    let s3 = try FakeS3()
    try await withPublishScene { scene in
      let bundles = try await (0..<5).concurrentMap(width: 1) { number in
        try await scene.bundle("python-3.13.\(number)", of: ["shared", "own \(number)"])
      }
      _ = try await bundles.concurrentMap(width: 5) { bundle in
        try await scene.publisher(to: s3.store(scene)).publish([bundle])
      }
      let index = try #require(try await s3.store(scene).index()).index
      #expect(index.entries.map(\.cell) == bundles.map(\.cell).sorted())
      #expect(try await s3.store(scene).isWhole())
    }
  }

  @Test("a large object goes in parts, and those that are there are not sent again")
  func sendsParts() async throws {
    let large = sampleBytes(70 << 20)
    let isBroken = Atomic(true)
    let s3 = try FakeS3 { request in
      isBroken.load(ordering: .relaxed) && request.path.contains("partNumber=4")
        ? FakeS3.refusal(403, "AccessDenied") : nil
    }
    try await withPublishScene { scene in
      let store = try s3.store(scene)
      let file = scene.directory.appending("large")
      try writeAtomically(large, to: file)
      let object = ObjectReference(of: large)
      await #expect(throws: S3Refusal.self) { try await store.put(object, from: .file(file, offset: 0)) }
      #expect(try await !store.has(object))
      let sent = s3.server.requests.count { $0.path.contains("partNumber=1&") }
      isBroken.store(false, ordering: .relaxed)
      #expect(try await store.put(object, from: .file(file, offset: 0)))
      #expect(s3.objects["cat/\(object.name)"] == large)
      #expect(s3.server.requests.count { $0.path.contains("partNumber=1&") } == sent)
      #expect(s3.uploadCount == 0)
      #expect(try await !store.put(object, from: .file(file, offset: 0)))
      #expect(s3.uploadCount == 0)
    }
  }

  @Test("files are listed over several pages and removed while their tag is right")
  func lists() async throws {
    let s3 = try FakeS3()
    try await withPublishScene { scene in
      let store = try s3.store(scene)
      for number in 0..<5 {
        let bytes = [UInt8(number)]
        _ = try await store.put(ObjectReference(of: bytes), from: .bytes(bytes))
      }
      _ = try await store.replace("index.json", with: [1], ifTag: nil)
      let files = try await store.list("objects/")
      #expect(files.count == 5)
      #expect(files.allSatisfy { $0.modified == 1_767_323_045 && $0.size == 1 })
      #expect(try await !store.remove(files.map(\.name), while: "index.json", hasTag: "\"x\""))
      let tag = try await store.read("index.json")?.tag
      #expect(try await store.remove(files.map(\.name), while: "index.json", hasTag: tag))
      #expect(try await store.list("").map(\.name) == ["index.json"])
    }
  }

  @Test("uploads that nobody has finished for long are given up")
  func removesDrafts() async throws {
    let s3 = try FakeS3 { $0.path.contains("partNumber") ? FakeS3.refusal(403, "AccessDenied") : nil }
    try await withPublishScene { scene in
      let store = try s3.store(scene)
      let large = [UInt8](repeating: 3, count: 65 << 20)
      await #expect(throws: S3Refusal.self) {
        try await store.put(ObjectReference(of: large), from: .bytes(large))
      }
      #expect(s3.uploadCount == 1)
      try await store.removeDrafts(olderThan: 1_767_323_045)
      #expect(s3.uploadCount == 1)
      try await store.removeDrafts(olderThan: 1_767_323_046)
      #expect(s3.uploadCount == 0)
    }
  }

  @Test("an object comes back, resumed where it broke off")
  func downloads() async throws {
    let bytes = bytes
    let s3 = try FakeS3 { request in
      guard request.method == "GET", request.path.contains("/objects/"), request.number < 3 else {
        return nil
      }
      return .file(bytes, for: request, delivery: .reset(after: 100_000))
    }
    try await withPublishScene { scene in
      let store = try s3.store(scene)
      let object = ObjectReference(of: bytes)
      _ = try await store.put(object, from: .bytes(bytes))
      let place = scene.directory.appending("x")
      try await store.download(object, to: place)
      #expect(try readFile(place) == bytes)
    }
  }
}
