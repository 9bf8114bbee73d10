import Artifacts
import Model
import Testing

@Suite("Signing and its digests")
struct SigningTests {
  @Test("Ed25519 signs as RFC 8032 says, and knows a changed byte")
  func ed25519() {
    // RFC 8032, 7.1, test 2.
    let seed = bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    let key = Ed25519.publicKey(ofSeed: seed)
    #expect(key.hexadecimal == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    var signature = Ed25519.signature(of: [0x72], seed: seed)
    #expect(
      signature.hexadecimal
        == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
    #expect(Ed25519.isValid(signature, of: [0x72], publicKey: key))
    #expect(!Ed25519.isValid(signature, of: [0x73], publicKey: key))
    #expect(!Ed25519.isValid(signature, of: [0x72], publicKey: Array(key.dropLast())))
    signature[10] ^= 1
    #expect(!Ed25519.isValid(signature, of: [0x72], publicKey: key))
    #expect(!Ed25519.isValid([], of: [0x72], publicKey: key))
  }

  @Test("nothing can be signed and checked as well")
  func empty() {
    let seed = bytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    let signature = Ed25519.signature(of: [], seed: seed)
    #expect(
      signature.hexadecimal.hasPrefix("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"))
    #expect(Ed25519.isValid(signature, of: [], publicKey: Ed25519.publicKey(ofSeed: seed)))
  }

  @Test(
    "BLAKE2b of 64 bytes is the same here and in libcrypto", arguments: [0, 1, 3, 127, 128, 129, 256, 1_000])
  func blake2b(count: Int) {
    let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    #expect(BLAKE2b.digest(of: text, length: 64) == BLAKE2b.digest(of: text))
  }

  @Test("BLAKE2b of 32 bytes is what b2sum -l 256 prints")
  func shortBLAKE2b() {
    #expect(
      BLAKE2b.digest(of: Array("abc".utf8), length: 32).hexadecimal
        == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319")
  }

  @Test("scrypt makes the key of RFC 7914, and refuses what can't be computed")
  func scrypt() throws {
    let key = Scrypt(rounds: 16_384, lanes: 1).key(
      of: "pleaseletmein", salt: Array("SodiumChloride".utf8), length: 64)
    #expect(try #require(key).hexadecimal.hasPrefix("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3e"))
    #expect(Scrypt(rounds: 3, lanes: 1).key(of: "", salt: [], length: 8) == nil)
  }

  @Test("random bytes differ")
  func random() { #expect(randomBytes(32) != randomBytes(32)) }

  private func bytes(_ hex: String) -> [UInt8] {
    stride(from: 0, to: hex.count, by: 2).compactMap { UInt8(hex.dropFirst($0).prefix(2), radix: 16) }
  }
}
