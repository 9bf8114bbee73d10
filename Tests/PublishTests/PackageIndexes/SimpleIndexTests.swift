import Artifacts
import Catalogue
import FoundationEssentials
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Publish

@Suite("A static package index")
struct SimpleIndexTests {
  private func withIndex(_ body: (PublishScene, SimpleIndex) async throws -> Void) async throws {
    try await withPublishScene { scene in
      try await body(scene, SimpleIndex(scene.directory.appending("index"), shelf: scene.wheelShelf))
    }
  }

  @Test("each wheel lies beside its metadata and its pages")
  func publishes() async throws {
    try await withIndex { scene, index in
      let wheel = try await scene.wheel("demo_pkg", metadata: ["Requires-Python: >=3.9,<4"])
      let uploads = try await index.publish([wheel])
      #expect(uploads.map(\.change) == [.added])
      let folder = index.root.appending("demo-pkg")
      #expect(
        try listDirectory(folder) == [
          "demo_pkg-1.0-py3-none-any.whl", "demo_pkg-1.0-py3-none-any.whl.metadata", "index.html",
          "index.json",
        ])
      let html = String(decoding: try readFile(folder.appending("index.html")), as: UTF8.self)
      #expect(html.contains("href=\"demo_pkg-1.0-py3-none-any.whl#sha256=\(wheel.digest.hex)\""))
      #expect(html.contains("data-requires-python=\"&gt;=3.9,&lt;4\""))
      let page = try JSONDecoder().decode(
        SimplePage.self, from: Data(readFile(folder.appending("index.json"))))
      #expect(page.versions == ["1.0"])
      #expect(page.files.first?.hashes == ["sha256": wheel.digest.hex])
      let root = String(decoding: try readFile(index.root.appending("index.html")), as: UTF8.self)
      #expect(root.contains("<a href=\"demo-pkg/\">demo-pkg</a>"))
    }
  }

  @Test("what was published before stays, and the same again changes nothing")
  func adds() async throws {
    try await withIndex { scene, index in
      let (one, two) = (try await scene.wheel("demo"), try await scene.wheel("demo", "2.0"))
      _ = try await index.publish([one])
      _ = try await index.publish([two])
      let before = try readFile(index.root.appending("demo").appending("index.json"))
      let page = try JSONDecoder().decode(SimplePage.self, from: Data(before))
      #expect(page.files.map(\.filename) == ["demo-1.0-py3-none-any.whl", "demo-2.0-py3-none-any.whl"])
      let again = try await index.publish([one, two])
      #expect(again.map(\.change) == [.unchanged, .unchanged])
      let after = try readFile(index.root.appending("demo").appending("index.json"))
      #expect(after == before)
    }
  }

  @Test("another wheel of a name that is there is refused, unless it is to take its place")
  func conflicts() async throws {
    try await withIndex { scene, index in
      let one = try await scene.wheel("demo")
      let other = try await scene.wheel("demo", content: "x = 2\n")
      _ = try await index.publish([one])
      await #expect(
        throws: PackageIndexesError.conflict(
          "\(one.fileName)", place: index.root.string, old: one.digest, new: other.digest)
      ) { _ = try await index.publish([other]) }
      let place = index.root.appending("demo").appending("\(one.fileName)")
      #expect(try Digest.sha256(ofFile: place) == one.digest)
      let replaced = try await index.publish([other], replacing: true)
      #expect(replaced.map(\.change) == [.replaced])
      #expect(try Digest.sha256(ofFile: place) == other.digest)
    }
  }

  @Test("publishers at once lose nothing")
  func atOnce() async throws {
    try await withIndex { scene, index in
      let wheels = try await (0..<12).map { "demo\($0 % 4)-\($0)" }.concurrentMap(width: 1) { text in
        let parts = text.split(separator: "-")
        return try await scene.wheel(String(parts[0]), "1.\(parts[1])")
      }
      _ = try await wheels.concurrentMap(width: 6) { try await index.publish([$0]) }
      let left = try index.plan(wheels).filter { $0.change != .unchanged }
      #expect(left.isEmpty)
      let root = try readFile(index.root.appending("index.json"))
      #expect(String(decoding: root, as: UTF8.self).contains("demo3"))
    }
  }

  @Test("a page that is none of ours is not written over")
  func foreign() async throws {
    try await withIndex { scene, index in
      let wheel = try await scene.wheel("demo")
      let page = index.root.appending("demo").appending("index.json")
      try makeDirectory(page.removingLastComponent())
      try writeAtomically(Array("hello".utf8), to: page)
      await #expect(throws: PackageIndexesError.malformed("demo/index.json", place: index.root.string)) {
        _ = try await index.publish([wheel])
      }
    }
  }

  @Test("a wheel that is not in the store is fetched again, one that was made here is an error")
  func lost() async throws {
    try await withIndex { scene, index in
      let made = WheelMaker(name: "demo", version: "1.0")
      let server = try LoopbackServer(files: ["/demo.whl": made.bytes])
      let digest = Digest.sha256(of: made.bytes)
      for url in [server.url("/demo.whl"), nil] {
        let artifact = ArtifactRecord(
          digest: digest, fileName: made.fileName, url: url, size: Int64(made.bytes.count))
        let bundle = try scene.record([("demo", "1.0", digest)], [artifact])
        let wheels = try CatalogueWheel.all(in: [bundle], builtNames: [:])
        if url == nil {
          try removeTree(scene.fetcher.store.path(of: digest))
          try removeTree(index.root)
          await #expect(throws: PackageIndexesError.lost(made.fileName, cell: bundle.cell)) {
            _ = try await index.publish(wheels)
          }
        } else {
          _ = try await index.publish(wheels)
        }
      }
    }
  }

  @Test(
    "a wheel of one name in two bundles is one, two wheels of one name are an error; built ones are named")
  func collecting() async throws {
    try await withPublishScene { scene in
      let (a, b) = (Digest.sha256(of: "a"), Digest.sha256(of: "b"))
      func artifact(_ digest: Digest) -> ArtifactRecord {
        ArtifactRecord(digest: digest, fileName: "demo-1.0-py3-none-any.whl", url: "https://h/d", size: 1)
      }
      let one = try scene.record([("demo", "1.0", a)], [artifact(a)])
      let same = try scene.record([("demo", "1.0", a)], [artifact(a)], "other")
      let wheels = try CatalogueWheel.all(in: [one, same], builtNames: [:])
      #expect(wheels.map(\.isOwn) == [false])
      let other = try scene.record([("demo", "1.0", b)], [artifact(b)], "other")
      #expect(throws: PackageIndexesError.self) { try CatalogueWheel.all(in: [one, other], builtNames: [:]) }
      let built = try scene.record([("demo", "1.0", b)], [])
      #expect(throws: PackageIndexesError.self) { try CatalogueWheel.all(in: [built], builtNames: [:]) }
      let named = try CatalogueWheel.all(
        in: [built], builtNames: [b: "demo-1.0-cp313-cp313-linux_x86_64.whl"])
      #expect(named.map(\.isOwn) == [true])
    }
  }
}
