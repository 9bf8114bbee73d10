import CCrypto

/// A digest being computed by libcrypto; in C, since debug Swift would take a hundred times as long.
final class HashState {
  enum Algorithm {
    case sha256
    case sha1
    case blake2b512
  }

  private let state: OpaquePointer

  init(_ algorithm: Algorithm) {
    let state =
      switch algorithm {
      case .sha256: ccrypto_begin_sha256()
      case .sha1: ccrypto_begin_sha1()
      case .blake2b512: ccrypto_begin_blake2b512()
      }
    guard let state else { preconditionFailure("libcrypto has no \(algorithm)") }
    self.state = state
  }

  deinit { ccrypto_free(state) }

  func update(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return }
    let isTaken = ccrypto_update(state, start, bytes.count)
    precondition(isTaken, "libcrypto refused bytes to hash")
  }

  /// The digest of all bytes; the state can't be used any more.
  func finish() -> [UInt8] {
    let digest = [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, count in
      count = Int(ccrypto_finish(state, buffer.baseAddress))
    }
    precondition(!digest.isEmpty, "a hash state was finished twice")
    return digest
  }
}
