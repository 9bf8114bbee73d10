import Artifacts
import Testing

@testable import Trust

@Suite("Keys and signatures")
struct KeyTests {
  private let text = MinisignSamples.text

  @Test("minisign's public key, alone or as a file, and with either line end, is read")
  func publicKey() throws {
    let key = try PublicKey(parsing: Array(MinisignSamples.publicKey.utf8), name: "a.pub")
    #expect(key.id.description == "7A0B2EA88CFCC697")
    #expect(key.file == MinisignSamples.publicKey)
    #expect(try PublicKey(parsing: Array(key.line.utf8), name: "a") == key)
    let windows = MinisignSamples.publicKey.replacing("\n", with: "\r\n")
    #expect(try PublicKey(parsing: Array(windows.utf8), name: "a") == key)
  }

  @Test(
    "minisign's signatures, prehashed and legacy, are accepted",
    arguments: [
      MinisignSamples.signature, MinisignSamples.legacySignature,
    ])
  func acceptsMinisign(file: String) throws {
    let key = try PublicKey(parsing: Array(MinisignSamples.publicKey.utf8), name: "a.pub")
    let signature = try Signature(parsing: Array(file.utf8), name: "a.minisig")
    try key.verify(text, signature, of: "a")
    #expect(throws: TrustError.badSignature("a", signer: key.id)) {
      try key.verify(text + [0], signature, of: "a")
    }
  }

  @Test("minisign's secret key signs to the byte as minisign does")
  func signsAsMinisign() throws {
    let key = try SecretKeyFile(parsing: Array(MinisignSamples.secretKey.utf8), name: "a.key").key(
      password: nil)
    let signature = key.sign(text, named: "index.json", at: 1_700_000_000)
    #expect(
      signature.file.split(separator: "\n").dropFirst()
        == MinisignSamples.signature.split(separator: "\n").dropFirst())
    #expect(signature.time == 1_700_000_000)
  }

  @Test("a key of ours survives its file, with and without a password", arguments: [nil, "", "pässword"])
  func survives(password: String?) throws {
    let key = SecretKey.generate()
    let file = try key.file(
      password: password,
      protection: KeyProtection(salt: [UInt8](repeating: 7, count: 32), work: 32_768, memory: 1 << 20))
    #expect(file.split(separator: "\n").count == 2)
    let read = try SecretKeyFile(parsing: Array(file.utf8), name: "a.key").key(password: password)
    #expect(read.publicKey == key.publicKey)
    let signature = read.sign(text, trustedComment: "two\nlines")
    #expect(signature.trustedComment == "two lines")
    try key.publicKey.verify(text, Signature(parsing: Array(signature.file.utf8), name: "s"), of: "a")
  }

  @Test("minisign's costs are libsodium's parameters of scrypt")
  func costs() {
    let salt = [UInt8](repeating: 0, count: 32)
    let standard = KeyProtection(salt: salt)
    #expect((standard.scrypt.rounds, standard.scrypt.lanes) == (1 << 20, 1))
    let interactive = KeyProtection(salt: salt, work: 524_288, memory: 16 << 20)
    #expect((interactive.scrypt.rounds, interactive.scrypt.lanes) == (1 << 14, 1))
    let littleMemory = KeyProtection(salt: salt, work: 1 << 25, memory: 1 << 20)
    #expect((littleMemory.scrypt.rounds, littleMemory.scrypt.lanes) == (1 << 10, 1_024))
    #expect(KeyProtection(standard.bytes[...]) == standard)
  }

  @Test("two keys are never the same")
  func generated() { #expect(SecretKey.generate().publicKey != SecretKey.generate().publicKey) }
}
