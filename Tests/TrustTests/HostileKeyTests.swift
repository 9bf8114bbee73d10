import FoundationEssentials
import Model
import SystemPackage
import Testing

@testable import Trust

@Suite("Hostile keys and signatures")
struct HostileKeyTests {
  private let text = MinisignSamples.text

  private func key() throws -> PublicKey {
    try PublicKey(parsing: Array(MinisignSamples.publicKey.utf8), name: "a.pub")
  }

  @Test("every bit of a signature's lines counts")
  func everyBit() throws {
    let key = try key()
    for line in [1, 3] {
      let lines = MinisignSamples.signature.split(separator: "\n").map(String.init)
      let bytes = Array(try #require(Data(base64Encoded: lines[line])))
      for index in bytes.indices {
        var changed = bytes
        changed[index] ^= 1
        var altered = lines
        altered[line] = MinisignFile.line(changed)
        #expect(throws: TrustError.self) {
          let file = Array(altered.joined(separator: "\n").utf8)
          try key.verify(text, Signature(parsing: file, name: "a.minisig"), of: "a")
        }
      }
    }
  }

  @Test("a changed trusted comment, and one of another signature, are found")
  func comment() throws {
    let key = try key()
    let renamed = MinisignSamples.signature.replacing("file:index.json", with: "file:other.json")
    let ours = MinisignSamples.signature.split(separator: "\n").map(String.init)
    let other = MinisignSamples.legacySignature.split(separator: "\n").map(String.init)
    let mixed = (ours[..<2] + other[2...]).joined(separator: "\n")
    for file in [renamed, mixed] {
      #expect(throws: TrustError.badSignature("a", signer: key.id)) {
        try key.verify(text, Signature(parsing: Array(file.utf8), name: "a.minisig"), of: "a")
      }
    }
  }

  @Test("a signature of another key is not the right one's, even with its id")
  func wrongKey() throws {
    let key = try key()
    let signature = SecretKey.generate().sign(text, trustedComment: "")
    #expect(throws: TrustError.untrusted("a", signer: signature.signer, trusted: [key.id])) {
      try key.verify(text, signature, of: "a")
    }
    let disguised = SecretKey(id: key.id, seed: [UInt8](repeating: 1, count: 32))
    #expect(throws: TrustError.badSignature("a", signer: key.id)) {
      try key.verify(text, disguised.sign(text, trustedComment: ""), of: "a")
    }
  }

  @Test(
    "a cut, lengthened, blank, binary or foreign file is refused",
    arguments: [
      ("", "it is empty"),
      ("\n\n", "it is empty"),
      ("hello", "line 1 is not base64"),
      ("untrusted comment: x", "it ends after line 1"),
      ("untrusted comment: x\nRWSX", "a public key has 42 bytes, and line 2 has 3"),
      ("RWSXxvyMqC4LemCS74DDsc25kveThsSwznmOVRP3L/sJdJYSUxDG9GXj\nmore", "there is something after line 1"),
      ("UldTl8b8jKguC3pgku+Aw7HNuZL3k4bEsM55jlUT9y/7CXSWElMQxvRl", "its algorithm is not Ed25519"),
      ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ", "line 1 is not base64"),
      (String(repeating: "A", count: 20_000), "it is larger than 16384 bytes"),
    ])
  func badFiles(file: String, reason: String) {
    #expect(throws: TrustError.badFile("a.pub", reason: reason)) {
      try PublicKey(parsing: Array(file.utf8), name: "a.pub")
    }
  }

  @Test("bytes that are not UTF-8 are no key")
  func binary() {
    #expect(throws: TrustError.badFile("a", reason: "it is not UTF-8 text")) {
      try PublicKey(parsing: [0xff, 0xfe], name: "a")
    }
  }

  @Test("a signature's file of fewer or more lines is refused, wherever it is cut")
  func cutSignatures() {
    let bytes = Array(MinisignSamples.signature.utf8)
    for count in 0..<bytes.count - 1 {
      #expect(throws: TrustError.self) { try Signature(parsing: bytes[..<count], name: "s") }
    }
    #expect(throws: TrustError.badFile("s", reason: "there is something after line 4")) {
      try Signature(parsing: bytes + Array("x\n".utf8), name: "s")
    }
  }

  @Test("a secret key's file is refused wherever it is cut")
  func cutSecretKeys() {
    let bytes = Array(MinisignSamples.secretKey.utf8)
    for count in 0..<bytes.count - 1 {
      #expect(throws: TrustError.self) {
        try SecretKeyFile(parsing: bytes[..<count], name: "s").key(password: "")
      }
    }
  }

  @Test("a secret key whose halves or checksum don't fit is refused")
  func badSecretKeys() throws {
    let file = try SecretKey.generate().file(password: nil)
    let line = try #require(Data(base64Encoded: String(file.split(separator: "\n")[1])))
    for (index, reason) in [(70, "its checksum is wrong"), (157, "its checksum is wrong")] {
      var bytes = Array(line)
      bytes[index] ^= 1
      let changed = "untrusted comment: x\n\(MinisignFile.line(bytes))"
      #expect(throws: TrustError.badFile("s", reason: reason)) {
        try SecretKeyFile(parsing: Array(changed.utf8), name: "s").key(password: nil)
      }
    }
    var unchecked = Array(line.prefix(126)) + [UInt8](repeating: 0, count: 32)
    unchecked[100] ^= 1
    let changed = "untrusted comment: x\n\(MinisignFile.line(unchecked))"
    #expect(throws: TrustError.badFile("s", reason: "its two halves are not of one key")) {
      try SecretKeyFile(parsing: Array(changed.utf8), name: "s").key(password: nil)
    }
  }

  @Test("a protected key needs its password, and no other opens it")
  func passwords() throws {
    let protection = KeyProtection(salt: [UInt8](repeating: 7, count: 32), work: 32_768, memory: 1 << 20)
    let file = Array(try SecretKey.generate().file(password: "right", protection: protection).utf8)
    #expect(throws: TrustError.passwordNeeded("s")) {
      try SecretKeyFile(parsing: file, name: "s").key(password: nil)
    }
    for password in ["", "wrong", "right "] {
      #expect(throws: TrustError.wrongPassword("s")) {
        try SecretKeyFile(parsing: file, name: "s").key(password: password)
      }
    }
  }

  @Test("a key that asks for more memory or work than any should is refused before it gets them")
  func costly() throws {
    let salt = [UInt8](repeating: 7, count: 32)
    let greedy = [
      KeyProtection(salt: salt, memory: .max), KeyProtection(salt: salt, work: .max),
      KeyProtection(salt: salt, work: 1 << 28, memory: 0),
    ]
    for protection in greedy {
      #expect(throws: TrustError.self) { try protection.mask("x", name: "s") }
    }
  }

  @Test("an endless file is read no further than its limit", .timeLimit(.minutes(1)))
  func endless() {
    #expect(throws: TrustError.badFile("/dev/zero", reason: "it is larger than 16384 bytes")) {
      try PublicKey(at: "/dev/zero")
    }
    #expect(throws: FileError.self) { try PublicKey(at: "/tmp") }
  }
}
