import Artifacts

/// The half of a key that stays with its owner: it signs.
package struct SecretKey: Sendable {
  package let publicKey: PublicKey
  /// 32 bytes.
  let seed: [UInt8]

  /// A key that nobody has.
  package static func generate() -> SecretKey {
    SecretKey(id: KeyID(bytes: randomBytes(8)), seed: randomBytes(Ed25519.seedLength))
  }

  init(id: KeyID, seed: [UInt8]) {
    self.seed = seed
    publicKey = PublicKey(id: id, bytes: Ed25519.publicKey(ofSeed: seed))
  }

  /// Signs bytes and a comment: the same bytes, comment and key make the same signature.
  ///
  /// The comment is one line of at most 8,000 bytes; line ends in it become spaces.
  package func sign(_ bytes: [UInt8], trustedComment: String) -> Signature {
    let line = String(trustedComment.map { $0.isNewline ? " " : $0 })
    precondition(line.utf8.count <= 8_000, "a trusted comment of \(line.utf8.count) bytes")
    let signature = Ed25519.signature(
      of: SignatureAlgorithm.prehashed.message(of: bytes), seed: seed)
    return Signature(
      algorithm: .prehashed, signer: publicKey.id, bytes: signature, trustedComment: line,
      commentSignature: Ed25519.signature(of: signature + Array(line.utf8), seed: seed))
  }

  /// Signs a file's bytes as minisign would, saying when and under which name; seconds since 1970.
  package func sign(_ bytes: [UInt8], named name: String, at time: Int64) -> Signature {
    sign(bytes, trustedComment: "timestamp:\(time)\tfile:\(name)\thashed")
  }
}
