import Artifacts
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Publish

@Suite("A registry as a place for a catalogue")
struct RegistryStoreTests {
  @Test("objects are written once and read back, whole or in part")
  func objects() async throws {
    let server = try TestRegistry()
    try await withPublishScene { scene in
      let store = RegistryStore(try scene.registry(server))
      let bytes = sampleBytes(1000)
      let object = ObjectReference(of: bytes)
      let wasWritten = try await store.put(object, from: .bytes(bytes))
      let again = try await store.put(object, from: .bytes(bytes))
      #expect(wasWritten && !again)
      let whole = try await store.bytes(of: object)
      #expect(whole == bytes)
      let file = scene.directory.appending("file")
      try await store.download(object, to: file)
      let saved = try readFile(file)
      #expect(saved == bytes)
      let missing = try await store.read(ObjectReference(of: [1]).name)
      #expect(missing == nil)
    }
  }

  @Test("a named file is replaced by who has seen the last one only")
  func replacing() async throws {
    let server = try TestRegistry()
    try await withPublishScene { scene in
      let store = RegistryStore(try scene.registry(server))
      let before = try await store.read("index.json")
      #expect(before == nil)
      let first = try await store.replace("index.json", with: [1], ifTag: nil)
      let late = try await store.replace("index.json", with: [2], ifTag: nil)
      #expect(first && !late)
      let found = try #require(try await store.read("index.json"))
      #expect(found.bytes == [1])
      let second = try await store.replace("index.json", with: [3], ifTag: found.tag)
      #expect(second)
      let incomplete = try await store.replace(
        "index.json", with: [4], ifTag: found.tag, requiring: [ObjectReference(of: [7])])
      #expect(!incomplete)
    }
  }

  @Test("who was overtaken while writing is told so")
  func overtaken() async throws {
    let server = try TestRegistry()
    try await withPublishScene { scene in
      let other = RegistryStore(try scene.registry(server))
      let settings = FetchSettings(sleep: { _ in
        // Another publisher, who looked at the index at the same time and writes a moment later.
        server.change { content in
          content.tags["ppp.index.json"] = content.tags["ppp.other"]
        }
      })
      _ = try await other.replace("other", with: [5], ifTag: nil)
      let fetcher = Fetcher(store: scene.fetcher.store, settings: settings)
      let registry = Registry(
        try server.repository(), access: .push, login: RegistryLogin.none, fetcher: fetcher)
      let isWritten = try await RegistryStore(registry).replace("index.json", with: [6], ifTag: nil)
      #expect(!isWritten)
    }
  }

  @Test("what has another digest than it should have is refused")
  func wrongDigests() async throws {
    let bytes = sampleBytes(1000)
    let object = ObjectReference(of: bytes)
    let server = try TestRegistry()
    server.change { $0.blobs[object.digest.description] = [0] + bytes.dropFirst() }
    try await withPublishScene { scene in
      let store = RegistryStore(try scene.registry(server))
      await #expect(throws: (any Error).self) { _ = try await store.bytes(of: object) }
      let file = scene.directory.appending("file")
      await #expect(throws: ArtifactError.self) { try await store.download(object, to: file) }
      #expect(FileStatus(of: file) == nil)
    }
  }

  @Test("a tag whose manifest the registry names by another digest is refused")
  func lyingTag() async throws {
    let server = try TestRegistry(
      .init(instead: { request in
        request.path.hasSuffix("/manifests/ppp.index.json")
          ? .bytes(
            Array("{}".utf8), headers: ["Docker-Content-Digest": "sha256:\(Digest.sha256(of: []).hex)"])
          : nil
      }))
    try await withPublishScene { scene in
      let store = RegistryStore(try scene.registry(server))
      await #expect(throws: RegistryError.self) { _ = try await store.read("index.json") }
    }
  }

  @Test(
    "manifests that are none are refused",
    arguments: [
      "", "[]", "{}",
      "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"x\",\"digest\":\"sha256:../../x\",\"size\":1}}",
      #"{"artifactType":"application/vnd.ppp.file.v1","config":{"mediaType":"x","digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":0},"layers":[]}"#,
      #"{"artifactType":"application/vnd.ppp.file.v1","config":{"mediaType":"x","digest":"sha512:00","size":0},"layers":[{"mediaType":"x","digest":"../index.json","size":5}]}"#,
    ])
  func malformed(text: String) async throws {
    let server = try TestRegistry(
      .init(instead: { request in
        request.path.hasSuffix("/manifests/ppp.index.json") ? .bytes(Array(text.utf8)) : nil
      }))
    try await withPublishScene { scene in
      let store = RegistryStore(try scene.registry(server))
      await #expect(throws: (any Error).self) { _ = try await store.read("index.json") }
    }
  }

  @Test("a manifest that is larger than manifests are, or a file than was said, is not read to its end")
  func oversize() async throws {
    let huge = [UInt8](repeating: 0x20, count: Registry.manifestLimit + 1)
    let server = try TestRegistry(.init(instead: { $0.path.contains("/manifests/") ? .bytes(huge) : nil }))
    try await withPublishScene { scene in
      let store = RegistryStore(try scene.registry(server))
      await #expect(throws: ArtifactError.self) { _ = try await store.read("index.json") }
    }
    let other = try TestRegistry()
    try await withPublishScene { scene in
      let store = RegistryStore(try scene.registry(other))
      _ = try await store.replace("index.json", with: sampleBytes(2000), ifTag: nil)
      await #expect(throws: ArtifactError.self) { _ = try await store.read("index.json", limit: 1000) }
      other.change { content in
        for (digest, blob) in content.blobs where blob.count == 2000 { content.blobs[digest] = blob + blob }
      }
      await #expect(throws: ArtifactError.self) { _ = try await store.read("index.json") }
    }
  }

  @Test("a blob that is gone when its manifest is written is an error that says to begin again")
  func goneAtCommit() async throws {
    let server = try TestRegistry(
      .init(instead: { request in
        // Whatever was uploaded is lost.
        request.method == "HEAD" || request.method == "PUT" && request.path.contains("/blobs/")
          ? .status(request.method == "HEAD" ? 404 : 201) : nil
      }))
    try await withPublishScene { scene in
      let store = RegistryStore(try scene.registry(server))
      let error = await #expect(throws: RegistryError.self) {
        _ = try await store.replace("index.json", with: [1], ifTag: nil)
      }
      guard case .blobsMissing = error else {
        Issue.record("another error: \(String(describing: error))")
        return
      }
      #expect(error?.hint?.contains("again") == true)
    }
  }

  @Test("a registry that is busy is waited for; one that refuses says why", arguments: [429, 403])
  func refusals(status: Int) async throws {
    let server = try TestRegistry(
      .init(instead: { request in
        request.path.contains("/manifests/") && (status == 403 || request.number < 2)
          ? .init(
            status: status, headers: ["Retry-After": "1"],
            body: Array(#"{"errors":[{"code":"DENIED","message":"not\u001b[31m you"}]}"#.utf8)) : nil
      }))
    try await withPublishScene { scene in
      let store = RegistryStore(try scene.registry(server))
      guard status == 403 else {
        let found = try await store.read("index.json")
        #expect(found == nil)
        return
      }
      let error = await #expect(throws: RegistryError.self) { _ = try await store.read("index.json") }
      #expect(error?.description.hasSuffix("DENIED: not[31m you") == true)
    }
  }
}
