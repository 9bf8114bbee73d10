import Artifacts
package import SystemPackage

/// The half of a key that is given away: it checks what the other half signed.
///
/// Its file is minisign's, two lines: a comment, and the base64 of `Ed`, key id and Ed25519 key.
package struct PublicKey: Hashable, Sendable {
  package let id: KeyID
  /// 32 bytes.
  let bytes: [UInt8]

  init(id: KeyID, bytes: [UInt8]) {
    self.id = id
    self.bytes = bytes
  }

  /// The key that is written in a text: a public key's file, or its second line alone, as it is handed around.
  package init(parsing text: some Collection<UInt8>, name: String) throws(TrustError) {
    try self.init(MinisignFile(text, name: name))
  }

  /// Reads a public key's file.
  package init(at path: FilePath) throws { try self.init(MinisignFile(at: path)) }

  private init(_ file: MinisignFile) throws(TrustError) {
    let line = file.lines[0].hasPrefix(untrustedBeginning) ? 1 : 0
    let bytes = try file.bytes(ofLine: line, count: 42, what: "a public key")
    try file.end(after: line + 1)
    guard bytes.starts(with: SignatureAlgorithm.whole.rawValue) else {
      throw .badFile(file.name, reason: "its algorithm is not Ed25519")
    }
    self.init(id: KeyID(bytes: bytes[2..<10]), bytes: Array(bytes[10...]))
  }

  /// The key in one line, for command lines and web pages.
  package var line: String { MinisignFile.line(SignatureAlgorithm.whole.rawValue + id.bytes + bytes) }

  /// The key's file.
  package var file: String { "\(untrustedBeginning)minisign public key \(id)\n\(line)\n" }

  /// Checks that exactly these bytes were signed with this key, and the signature's trusted comment with them.
  ///
  /// - Throws: `TrustError.untrusted` when the signature names another key, `TrustError.badSignature` when it is wrong.
  package func verify(_ bytes: [UInt8], _ signature: Signature, of name: String) throws(TrustError) {
    guard signature.signer == id else {
      throw .untrusted(name, signer: signature.signer, trusted: [id])
    }
    let signed = signature.algorithm.message(of: bytes)
    let comment = signature.bytes + Array(signature.trustedComment.utf8)
    guard Ed25519.isValid(signature.bytes, of: signed, publicKey: self.bytes),
      Ed25519.isValid(signature.commentSignature, of: comment, publicKey: self.bytes)
    else { throw .badSignature(name, signer: id) }
  }
}
