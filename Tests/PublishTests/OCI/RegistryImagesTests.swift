import Artifacts
import Catalogue
import FoundationEssentials
import Layers
import Model
import TestSupport
import Testing

@testable import Publish

@Suite("Images of bundles")
struct RegistryImagesTests {
  private func publish(
    _ cells: [(String, Platform, [String])], version: Int = 1, before: PublishedIndex? = nil,
    _ server: TestRegistry, _ scene: PublishScene, sign: RegistryImages.Signature? = nil
  ) async throws -> PublishedIndex {
    let images = ImageScene(scene)
    let registry = try scene.registry(server)
    var records: [BundleRecord] = []
    for (runenv, platform, texts) in cells {
      var layers: [BundleLayer] = []
      for text in texts { layers.append(try await images.layer(text, [("lib/\(text)", text, false)])) }
      let python = runenv.hasPrefix("python-3.11") ? "3.11.2" : "3.13.5"
      records.append(try images.bundle(runenv, platform, layers, python: python))
    }
    let bundles = try await images.objects(records, version: version, in: RegistryStore(registry))
    var index = before ?? PublishedIndex(name: "x")
    for bundle in bundles { index.insert(bundle.entry) }
    try await images.images(registry, sign: sign).publish(bundles, as: index)
    return index
  }

  private func tagged<Value: Decodable>(
    _ tag: String, _ server: TestRegistry, as type: Value.Type = ImageManifest.self
  ) throws -> Value {
    let content = server.content
    let digest = try #require(content.tags[tag])
    let document = try #require(content.manifests[digest])
    return try JSONDecoder().decode(type, from: Data(document.bytes))
  }

  @Test("a bundle is an image of its layers, which says how its Python is started")
  func image() async throws {
    let server = try TestRegistry()
    try await withPublishScene { scene in
      _ = try await publish([("python-3.13.5+m", .linuxX64, ["a", "b"])], server, scene)
      let manifest = try tagged("python-3.13.5_m-linux-x64", server)
      #expect(manifest.layers.map(\.mediaType) == [MediaType.layer, MediaType.layer])
      let bytes = try #require(server.content.blobs[manifest.config.digest.description])
      let configuration = try JSONDecoder().decode(ImageConfiguration.self, from: Data(bytes))
      #expect(configuration.config.entryPoint == ["/bin/python3"])
      #expect(configuration.config.environment.first?.hasPrefix("PATH=/bin:") == true)
      #expect((configuration.os, configuration.architecture) == ("linux", "amd64"))
      #expect(configuration.rootfs.contentDigests.count == 2)
      #expect(Set(configuration.rootfs.contentDigests).isDisjoint(with: manifest.layers.map(\.digest)))
      #expect(
        server.content.tags["python-3.13.5_m-linux-x64-1"] == server.content.tags["python-3.13.5_m-linux-x64"]
      )
    }
  }

  @Test("a runenv's index has its platforms, whoever published them, and latest is the newest plain one")
  func indexes() async throws {
    let server = try TestRegistry()
    try await withPublishScene { scene in
      let first = try await publish(
        [("python-3.13.5", .linuxX64, ["a"]), ("python-3.13.5-science", .linuxX64, ["a", "b"])], server, scene
      )
      _ = try await publish(
        [("python-3.13.5", .macOSAArch64, ["c"]), ("python-3.11.2", .linuxX64, ["d"])], before: first, server,
        scene)
      let index = try tagged("python-3.13.5", server, as: ImageIndex.self)
      #expect(index.manifests.map(\.platform?.os) == ["linux", "darwin"])
      #expect(index.manifests.map(\.platform?.architecture) == ["amd64", "arm64"])
      #expect(server.content.tags["latest"] == server.content.tags["python-3.13.5"])
    }
  }

  @Test("publishing again writes nothing")
  func again() async throws {
    let server = try TestRegistry()
    try await withPublishScene { scene in
      _ = try await publish([("python-3.13.5", .linuxX64, ["a"])], server, scene)
      let before = server.content.manifests.count
      let writes = server.writes.count { $0.path.contains("/blobs/") }
      _ = try await publish([("python-3.13.5", .linuxX64, ["a"])], server, scene)
      #expect(server.content.manifests.count == before)
      #expect(server.writes.count { $0.path.contains("/blobs/") } == writes)
    }
  }

  @Test("an older version leaves the newest where it is")
  func versions() async throws {
    let server = try TestRegistry()
    try await withPublishScene { scene in
      let index = try await publish([("python-3.13.5", .linuxX64, ["new"])], version: 2, server, scene)
      let newest = server.content.tags["python-3.13.5-linux-x64"]
      _ = try await publish([("python-3.13.5", .linuxX64, ["old"])], version: 1, before: index, server, scene)
      #expect(server.content.tags["python-3.13.5-linux-x64"] == newest)
      #expect(server.content.tags["python-3.13.5-linux-x64-1"] != newest)
    }
  }

  @Test("what is about a bundle refers to its image, by list or by tag", arguments: [true, false])
  func referrers(listsReferrers: Bool) async throws {
    let server = try TestRegistry(.init(listsReferrers: listsReferrers))
    try await withPublishScene { scene in
      for _ in 0..<2 {
        _ = try await publish([("python-3.13.5", .linuxX64, ["a"])], server, scene) { bytes, comment in
          Array("signed \(comment) \(bytes.count)".utf8)
        }
      }
      let text = try #require(server.content.tags["python-3.13.5-linux-x64"])
      let image = try Digest(parsing: text)
      let referrers = try await scene.registry(server).referrers(of: image)
      #expect(
        referrers.compactMap(\.artifactType).sorted()
          == [MediaType.bundle, MediaType.signature, MediaType.sbom].sorted())
      #expect((server.content.tags["sha256-\(image.hex)"] != nil) == !listsReferrers)
    }
  }

  @Test("two ids that have one tag are told apart")
  func collisions() async throws {
    let server = try TestRegistry()
    try await withPublishScene { scene in
      let index = try await publish([("python-3.13.5+m", .linuxX64, ["a"])], server, scene)
      await #expect(throws: RegistryError.self) {
        _ = try await publish([("python-3.13.5_m", .linuxX64, ["b"])], before: index, server, scene)
      }
      await #expect(throws: RegistryError.self) {
        _ = try await publish([("python-3.13.5+m-linux-x64", .linuxX64, ["b"])], before: index, server, scene)
      }
    }
  }

  @Test("only Linux environments that bring a Python have something to start")
  func entryPoints() async throws {
    try await withPublishScene { scene in
      let images = ImageScene(scene)
      for (platform, isBundled, starts) in [
        (Platform.linuxAArch64, true, true), (.linuxX64, false, false), (.windowsX64, true, false),
      ] {
        let record = try images.bundle("x", platform, [], isBundled: isBundled)
        #expect((ImageConfiguration(record, contents: []).config.entryPoint != nil) == starts)
      }
    }
  }
}
