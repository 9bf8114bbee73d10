import Model
import SystemPackage
import Testing

@testable import Trust

#if canImport(Glibc)
import Glibc
#endif

@Suite("The key ring")
struct KeyRingTests {
  private func withRing(_ body: (KeyRing) async throws -> Void) async throws {
    try await withTemporaryDirectory(in: "/tmp", prefix: "ppp-keys-") {
      try await body(KeyRing($0.appending("config").appending("keys")))
    }
  }

  private func mode(_ path: FilePath) -> mode_t {
    var status = stat()
    return stat(path.string, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  @Test(
    "it lies where PPP_KEYS_DIR, XDG_CONFIG_HOME or HOME say",
    arguments: [
      (["PPP_KEYS_DIR": "k", "XDG_CONFIG_HOME": "/x"], "/work/k"),
      (["PPP_KEYS_DIR": "/k"], "/k"),
      (["PPP_KEYS_DIR": "", "XDG_CONFIG_HOME": "/x", "HOME": "/h"], "/x/ppp/keys"),
      (["XDG_CONFIG_HOME": "x", "HOME": "/h"], "/h/.config/ppp/keys"),
    ])
  func place(environment: [String: String], path: String) {
    #expect(KeyRing(environment: environment, workingDirectory: "/work").directory.string == path)
  }

  @Test("a new key can be read by its owner alone, signs, and is found by name, by path or as the only one")
  func new() async throws {
    try await withRing { ring in
      #expect(try ring.own().isEmpty)
      let made = try await ring.make("release", password: nil)
      #expect(mode(made.secretFile) == 0o600)
      #expect(mode(ring.directory) == 0o700)
      #expect(try listDirectory(ring.directory) == ["release.key", "release.pub"])
      let own = OwnKey(name: "release", publicKey: made.key.publicKey, isExposed: false)
      #expect(try ring.own() == [own])
      for name in [nil, "release", "./release.key", made.secretFile.string] {
        let key = try await ring.secretKey(name, from: ring.directory) { nil }
        #expect(key.publicKey == made.key.publicKey)
      }
      _ = try await ring.make("other", password: nil)
      await #expect(throws: TrustError.severalKeys(["other", "release"])) {
        try await ring.secretKey(nil, from: "/") { nil }
      }
      await #expect(throws: TrustError.noKey("x", known: ["other", "release"])) {
        try await ring.secretKey("x", from: "/") { nil }
      }
    }
  }

  @Test("a key is never overwritten, whichever half of it is there")
  func neverOverwritten() async throws {
    try await withRing { ring in
      let made = try await ring.make("a", password: nil)
      let before = try readFile(made.secretFile)
      await #expect(throws: TrustError.keyExists(made.secretFile.string)) {
        try await ring.make("a", password: nil)
      }
      #expect(try readFile(made.secretFile) == before)
      try removeTree(made.secretFile)
      await #expect(throws: TrustError.keyExists(made.publicFile.string)) {
        try await ring.make("a", password: nil)
      }
      #expect(try listDirectory(ring.directory) == ["a.pub"])
    }
  }

  @Test(
    "a name that would leave the directory, or hide, is refused",
    arguments: [
      "", ".", "../a", "a/b", ".hidden", "-option", "ä", "a b", String(repeating: "a", count: 101),
    ])
  func badNames(name: String) async throws {
    try await withRing { ring in
      await #expect(throws: TrustError.badName(name)) { try await ring.make(name, password: nil) }
      let key = SecretKey.generate().publicKey
      #expect(throws: TrustError.badName(name)) { try ring.trust(key, as: name) }
      #expect(FileStatus(of: ring.directory) == nil)
    }
  }

  @Test("a secret key that others can read is told as such")
  func exposed() async throws {
    try await withRing { ring in
      let made = try await ring.make("a", password: nil)
      chmod(made.secretFile.string, 0o644)
      #expect(try ring.own().map(\.isExposed) == [true])
    }
  }

  @Test("without a trusted key everything is taken; with one only what it signed")
  func trusts() async throws {
    try await withRing { ring in
      let (text, key, stranger) = (MinisignSamples.text, SecretKey.generate(), SecretKey.generate())
      let signature = Array(key.sign(text, named: "index.json", at: 5).file.utf8)
      #expect(try ring.verify(text, signature: nil, of: "i") == nil)
      #expect(try ring.trust(key.publicKey, as: "publisher") != nil)
      #expect(try ring.trust(key.publicKey, as: "publisher") == nil)
      #expect(throws: TrustError.keyExists(ring.trustedDirectory.appending("publisher.pub").string)) {
        try ring.trust(stranger.publicKey, as: "publisher")
      }
      let verified = try #require(try ring.verify(text, signature: signature, of: "i"))
      #expect((verified.key.name, verified.signature.time) == ("publisher", 5))
      #expect(throws: TrustError.notSigned("i")) { try ring.verify(text, signature: nil, of: "i") }
      let other = Array(stranger.sign(text, trustedComment: "").file.utf8)
      #expect(
        throws: TrustError.untrusted("i", signer: stranger.publicKey.id, trusted: [key.publicKey.id])
      ) { try ring.verify(text, signature: other, of: "i") }
      #expect(throws: TrustError.badSignature("i", signer: key.publicKey.id)) {
        try ring.verify(text + [1], signature: signature, of: "i")
      }
    }
  }

  @Test("of two trusted keys with one id, either may have signed")
  func sameID() async throws {
    try await withRing { ring in
      let id = SecretKey.generate().publicKey.id
      let keys = [1, 2].map { SecretKey(id: id, seed: [UInt8](repeating: $0, count: 32)) }
      for (name, key) in zip(["a", "b"], keys) { _ = try ring.trust(key.publicKey, as: name) }
      for (name, key) in zip(["a", "b"], keys) {
        let signature = Array(key.sign([1], trustedComment: "").file.utf8)
        #expect(try ring.verify([1], signature: signature, of: "i")?.key.name == name)
      }
    }
  }

  @Test("a damaged file among the trusted keys stops everything instead of being passed over")
  func damaged() async throws {
    try await withRing { ring in
      let path = try #require(try ring.trust(SecretKey.generate().publicKey, as: "a"))
      try writeAtomically(Array("junk!".utf8), to: path)
      #expect(throws: TrustError.badFile(path.string, reason: "line 1 is not base64")) {
        try ring.verify([], signature: nil, of: "i")
      }
    }
  }
}
