import CCrypto

/// Ed25519 signatures (RFC 8032), by libcrypto.
package enum Ed25519 {
  package static let seedLength = 32
  package static let publicKeyLength = 32
  package static let signatureLength = 64

  /// The public key that belongs to a seed of 32 bytes, which is the secret.
  package static func publicKey(ofSeed seed: [UInt8]) -> [UInt8] {
    precondition(seed.count == seedLength, "an Ed25519 seed has 32 bytes, not \(seed.count)")
    return made(publicKeyLength) { ccrypto_ed25519_public_key(seed, $0) }
  }

  /// The signature over these bytes, which is the same whenever it is made.
  package static func signature(of bytes: [UInt8], seed: [UInt8]) -> [UInt8] {
    precondition(seed.count == seedLength, "an Ed25519 seed has 32 bytes, not \(seed.count)")
    return made(signatureLength) { ccrypto_ed25519_sign(seed, bytes, bytes.count, $0) }
  }

  /// Whether the signature was made over exactly these bytes by the owner of the key.
  package static func isValid(_ signature: [UInt8], of bytes: [UInt8], publicKey: [UInt8]) -> Bool {
    guard publicKey.count == publicKeyLength, signature.count == signatureLength else { return false }
    return ccrypto_ed25519_verify(publicKey, bytes, bytes.count, signature)
  }
}

/// This many bytes that nobody can guess.
package func randomBytes(_ count: Int) -> [UInt8] {
  made(count) { ccrypto_random($0, Int32(count)) }
}

/// The bytes that the body writes; it fails only where libcrypto is broken.
private func made(_ count: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Bool) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: count)
  let isDone = bytes.withUnsafeMutableBufferPointer { $0.baseAddress.map(body) ?? false }
  precondition(isDone, "libcrypto failed to make \(count) bytes")
  return bytes
}
