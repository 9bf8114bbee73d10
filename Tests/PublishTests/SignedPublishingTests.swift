import Artifacts
import Model
import Publish
import SystemPackage
import Testing
import Trust

@Suite("Signed catalogues")
struct SignedPublishingTests {
  private func withStore(
    _ body: (PublishScene, DirectoryStore, KeyRing) async throws -> Void
  ) async throws {
    try await withPublishScene { scene in
      try await body(
        scene, DirectoryStore(writing: scene.directory.appending("site")),
        KeyRing(scene.directory.appending("keys")))
    }
  }

  @Test("the index is signed, under both names of its signature")
  func signs() async throws {
    try await withStore { scene, store, ring in
      let key = SecretKey.generate()
      let signer = IndexSigner(key: key, ring: ring, now: 2_000_000_000)
      let bundle = try await scene.bundle(of: ["numpy"])
      _ = try await scene.publisher(to: store, signer: signer).publish([bundle])
      let reading = try #require(try await store.index())
      let bytes = try #require(reading.signature)
      #expect(try await store.read("index.json.minisig")?.bytes == bytes)
      #expect(try await store.read(IndexReading.signatureName(of: reading.bytes))?.bytes == bytes)
      try key.publicKey.verify(reading.bytes, Signature(parsing: bytes, name: ""), of: "index.json")
    }
  }

  @Test("publishing the same again keeps the signature, and signs what lost it")
  func keepsSignature() async throws {
    try await withStore { scene, store, ring in
      let key = SecretKey.generate()
      let bundle = try await scene.bundle(of: ["numpy"])
      func publish(at now: Int64) async throws -> PublishReport {
        let signer = IndexSigner(key: key, ring: ring, now: now)
        return try await scene.publisher(to: store, signer: signer).publish([bundle])
      }
      _ = try await publish(at: 2_000_000_000)
      #expect(try await publish(at: 2_000_000_001).sentBytes == 0)
      try removeTree(store.root.appending("signatures"))
      try removeTree(store.root.appending("index.json.minisig"))
      #expect(try await publish(at: 2_000_000_002).sentBytes > 0)
      #expect(try await store.index()?.signature != nil)
    }
  }

  @Test("a signed catalogue is not made an unsigned one")
  func needsSignature() async throws {
    try await withStore { scene, store, ring in
      let signer = IndexSigner(key: .generate(), ring: ring, now: 2_000_000_000)
      let bundle = try await scene.bundle(of: ["numpy"])
      _ = try await scene.publisher(to: store, signer: signer).publish([bundle])
      let other = try await scene.bundle("python-3.12.1", of: ["other"])
      await #expect(throws: PublishError.needsSignature(place: store.place)) {
        try await scene.publisher(to: store).publish([other])
      }
    }
  }

  @Test("nobody signs what was tampered with, nor what a stranger has signed")
  func refusesForeignSignature() async throws {
    try await withStore { scene, store, ring in
      let key = SecretKey.generate()
      let signer = IndexSigner(key: key, ring: ring, now: 2_000_000_000)
      let bundle = try await scene.bundle(of: ["numpy"])
      _ = try await scene.publisher(to: store, signer: signer).publish([bundle])
      let other = try await scene.bundle("python-3.12.1", of: ["other"])
      _ = try ring.trust(key.publicKey, as: "first")
      let second = IndexSigner(key: .generate(), ring: ring, now: 2_000_000_000)
      _ = try await scene.publisher(to: store, signer: second).publish([other])
      await #expect(throws: TrustError.self) {
        try await scene.publisher(to: store, signer: signer).publish([bundle])
      }
      let path = store.root.appending("index.json")
      let text = String(decoding: try readFile(path), as: UTF8.self)
      try writeAtomically(text.replacing("3.12.1", with: "3.12.2").utf8, to: path)
      await #expect(throws: TrustError.self) {
        try await scene.publisher(to: store, signer: second).publish([other])
      }
    }
  }
}
