import Artifacts
import Catalogue
import FoundationEssentials
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Publish

extension PublishScene {
  /// Publishes to a registry, with images.
  func publisher(
    to registry: Registry, _ wishes: PublishWishes = PublishWishes(name: "test"), base: ImageBase? = nil,
    sign: RegistryImages.Signing? = nil
  ) -> Publisher {
    let store = RegistryStore(registry)
    let contents = LayerContents(cache: directory.appending("cache"), layers: layers, workspace: workspace)
    let images = RegistryImages(in: store, base: base, sign: sign) {
      try await contents.digest(of: $0, in: $1)
    }
    return Publisher(to: store, wishes: wishes, shelf: shelf, images: images, now: 2_000_000_000)
  }
}

@Suite("Images of bundles")
struct RegistryImagesTests {
  private func tagged<Value: Decodable>(
    _ tag: String, _ server: TestRegistry, as type: Value.Type = ImageManifest.self
  ) throws -> Value {
    let content = server.content
    let digest = try #require(content.tags[tag])
    let document = try #require(content.manifests[digest])
    return try JSONDecoder().decode(type, from: Data(document.bytes))
  }

  private func withRegistry(
    _ behaviour: TestRegistry.Behaviour = .init(),
    _ body: (PublishScene, TestRegistry, Registry) async throws -> Void
  ) async throws {
    let server = try TestRegistry(behaviour)
    try await withPublishScene { try await body($0, server, try $0.registry(server)) }
  }

  @Test("a bundle is an image of its layers, which says how its Python is started")
  func image() async throws {
    try await withRegistry { scene, server, registry in
      let bundle = try await scene.bundle("python-3.13.5+m", of: ["a", "b"], isPythonBundled: true)
      _ = try await scene.publisher(to: registry).publish([bundle])
      let manifest = try tagged("python-3.13.5_m-linux-x64", server)
      #expect(manifest.layers.map(\.digest) == bundle.layers.map(\.digest))
      #expect(Set(manifest.layers.map(\.mediaType)) == ["application/vnd.oci.image.layer.v1.tar+zstd"])
      let bytes = try #require(server.content.blobs[manifest.config.digest.description])
      let configuration = try JSONDecoder().decode(ImageConfiguration.self, from: Data(bytes))
      #expect(configuration.config.entryPoint == ["/bin/python3"])
      #expect(configuration.config.environment.first?.hasPrefix("PATH=/bin:") == true)
      #expect((configuration.os, configuration.architecture) == ("linux", "amd64"))
      #expect(configuration.rootfs.contentDigests.count == 2)
      #expect(Set(configuration.rootfs.contentDigests).isDisjoint(with: manifest.layers.map(\.digest)))
      let tags = server.content.tags
      #expect(tags["python-3.13.5_m-linux-x64-1"] == tags["python-3.13.5_m-linux-x64"])
      let isWhole = try await RegistryStore(registry).isWhole()
      #expect(isWhole)
    }
  }

  @Test("a runenv's index has its platforms, whoever published them, and latest is the newest plain one")
  func indexes() async throws {
    try await withRegistry { scene, server, registry in
      let publisher = scene.publisher(to: registry)
      let science = try await scene.bundle("python-3.13.5-science", of: ["a", "b"])
      _ = try await publisher.publish([try await scene.bundle(of: ["a"]), science])
      let old = try await scene.bundle("python-3.11.2", of: ["d"], python: "3.11.2")
      _ = try await publisher.publish([try await scene.bundle(on: .macOSAArch64, of: ["c"]), old])
      let index = try tagged("python-3.13.5", server, as: ImageIndex.self)
      #expect(index.manifests.map(\.platform?.os) == ["linux", "darwin"])
      #expect(index.manifests.map(\.platform?.architecture) == ["amd64", "arm64"])
      #expect(server.content.tags["latest"] == server.content.tags["python-3.13.5"])
    }
  }

  @Test("several who publish at once lose no platform and no entry")
  func atOnce() async throws {
    try await withRegistry { scene, server, registry in
      let platforms = [Platform.linuxX64, .macOSX64, .windowsX64]
      let bundles = try await platforms.concurrentMap(width: 3) {
        try await scene.bundle(on: $0, of: ["\($0)"])
      }
      _ = try await bundles.concurrentMap(width: 3) { bundle in
        // The pause between writing and looking again is a real one here.
        let fetcher = Fetcher(store: scene.fetcher.store)
        let registry = Registry(
          registry.repository, access: .push, login: RegistryLogin.none, fetcher: fetcher)
        return try await scene.publisher(to: registry).publish([bundle])
      }
      let index = try tagged("python-3.13.5", server, as: ImageIndex.self)
      #expect(index.manifests.count == 3)
      let reading = try #require(try await RegistryStore(registry).index())
      #expect(reading.index.entries.count == 3)
    }
  }

  @Test("publishing again writes nothing")
  func again() async throws {
    try await withRegistry { scene, server, registry in
      let bundle = try await scene.bundle(of: ["a"])
      _ = try await scene.publisher(to: registry).publish([bundle])
      let writes = server.writes.count
      let report = try await scene.publisher(to: registry).publish([bundle])
      #expect(report.sentBytes == 0)
      #expect(server.writes.count == writes)
    }
  }

  @Test("a change of one layer sends that layer and documents")
  func update() async throws {
    try await withRegistry { scene, server, registry in
      let large = String(repeating: "large", count: 10)
      _ = try await scene.publisher(to: registry).publish([try await scene.bundle(of: [large, "b"])])
      let blobs = Set(server.content.blobs.keys)
      let bundle = try await scene.bundle(of: [large, "c"])
      _ = try await scene.publisher(to: registry).publish([bundle])
      let added = server.content.blobs.keys.filter { !blobs.contains($0) }
      #expect(added.contains(bundle.layers[1].digest.description))
      // The layer, the bundle's end and manifest, the image's configuration, the index.
      #expect(added.count == 5)
    }
  }

  @Test("tags that a publisher that was killed has not come to are put there by the next")
  func goesOn() async throws {
    try await withRegistry { scene, server, registry in
      let bundle = try await scene.bundle(of: ["a"])
      _ = try await scene.publisher(to: registry).publish([bundle])
      let tags = server.content.tags
      server.change { $0.tags = $0.tags.filter { $0.key == "ppp.index.json" } }
      _ = try await scene.publisher(to: registry).publish([bundle])
      #expect(
        server.content.tags.filter { !$0.key.hasPrefix("sha256-") }
          == tags.filter { !$0.key.hasPrefix("sha256-") })
    }
  }

  @Test("an older version leaves the newest where it is, and a dropped one goes with all that is about it")
  func versions() async throws {
    let removed = TestRegistry.Behaviour(instead: { $0.method == "DELETE" ? .status(202) : nil })
    try await withRegistry(removed) { scene, server, registry in
      var wishes = PublishWishes(name: "test")
      wishes.version = try PublishedVersion(parsing: "2.0")
      _ = try await scene.publisher(to: registry, wishes).publish([try await scene.bundle(of: ["new"])])
      let newest = server.content.tags["python-3.13.5-linux-x64"]
      wishes.version = try PublishedVersion(parsing: "1.0")
      _ = try await scene.publisher(to: registry, wishes).publish([try await scene.bundle(of: ["old"])])
      #expect(server.content.tags["python-3.13.5-linux-x64"] == newest)
      let old = try #require(server.content.tags["python-3.13.5-linux-x64-1.0"])
      #expect(old != newest)
      wishes = PublishWishes(name: "test", keeping: 1)
      _ = try await scene.publisher(to: registry, wishes).publish([try await scene.bundle(of: ["newer"])])
      let deleted = server.server.requests.filter { $0.method == "DELETE" }.map(\.path)
      #expect(deleted.contains { $0.hasSuffix("/manifests/\(old)") })
      #expect(deleted.allSatisfy { !$0.hasSuffix(server.content.tags["python-3.13.5-linux-x64"] ?? "-") })
    }
  }

  @Test("what is about a bundle refers to its image, by list or by tag", arguments: [true, false])
  func referrers(listsReferrers: Bool) async throws {
    try await withRegistry(.init(listsReferrers: listsReferrers)) { scene, server, registry in
      let bundle = try await scene.bundle(of: ["a"])
      for _ in 0..<2 {
        _ = try await scene.publisher(to: registry) { Array("signed \($1) \($0.count)".utf8) }.publish([
          bundle
        ])
      }
      let text = try #require(server.content.tags["python-3.13.5-linux-x64"])
      let image = try Digest(parsing: text)
      let referrers = try await registry.referrers(of: image)
      #expect(
        referrers.compactMap(\.artifactType).sorted() == [MediaType.bundle, MediaType.signature].sorted())
      #expect((server.content.tags["sha256-\(image.hex)"] != nil) == !listsReferrers)
    }
  }

  @Test("two ids that have one tag are told apart, before anything says that they are there")
  func collisions() async throws {
    try await withRegistry { scene, server, registry in
      _ = try await scene.publisher(to: registry).publish([
        try await scene.bundle("python-3.13.5+m", of: ["a"])
      ])
      let index = server.content.tags["ppp.index.json"]
      for id in ["python-3.13.5_m", "python-3.13.5_m-linux-x64"] {
        let other = try await scene.bundle(id, of: ["b"])
        await #expect(throws: RegistryError.self) {
          _ = try await scene.publisher(to: registry).publish([other])
        }
      }
      #expect(server.content.tags["ppp.index.json"] == index)
    }
  }

  @Test(
    "only Linux environments that bring a Python have something to start",
    arguments: [(Platform.linuxAArch64, true, true), (.linuxX64, false, false), (.windowsX64, true, false)])
  func entryPoints(platform: Platform, isBundled: Bool, starts: Bool) async throws {
    try await withPublishScene { scene in
      let bundle = try await scene.bundle(on: platform, of: ["a"], isPythonBundled: isBundled)
      #expect((ImageConfiguration(bundle, contents: []).config.entryPoint != nil) == starts)
    }
  }

  @Test("the base lies below the environment, and is sent once")
  func base() async throws {
    try await withRegistry { scene, server, registry in
      let bytes = Array("base".utf8)
      let layer = ImageBase.Layer(
        name: "base", object: ObjectReference(of: bytes), bytes: .bytes(bytes),
        contentDigest: .sha256(of: "x"))
      let base = ImageBase { _, _ in layer }
      for runenv in ["a", "b"] {
        let bundle = try await scene.bundle(runenv, of: ["a"], isPythonBundled: true)
        _ = try await scene.publisher(to: registry, base: base).publish([bundle])
      }
      let windows = try await scene.bundle("a", on: .windowsX64, of: ["a"])
      _ = try await scene.publisher(to: registry, base: base).publish([windows])
      #expect(try tagged("a-linux-x64", server).layers.first?.digest == layer.object.digest)
      #expect(try tagged("a-windows-x64", server).layers.count == 1)
    }
  }
}
