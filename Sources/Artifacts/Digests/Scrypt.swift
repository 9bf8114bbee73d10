import CCrypto

/// How hard scrypt (RFC 7914) works to make a key of a password; the block size is 8.
package struct Scrypt: Hashable, Sendable {
  /// A power of two.
  package let rounds: UInt64
  package let lanes: UInt64

  package init(rounds: UInt64, lanes: UInt64) {
    self.rounds = rounds
    self.lanes = lanes
  }

  /// What it takes, in bytes.
  package var memory: UInt64 { (rounds + lanes) * 1024 }

  /// The key of this length; it blocks, for seconds where it takes much memory.
  ///
  /// Nil where the memory can't be had.
  package func key(of password: String, salt: [UInt8], length: Int) -> [UInt8]? {
    var key = [UInt8](repeating: 0, count: length)
    let isDone = key.withUnsafeMutableBufferPointer {
      ccrypto_scrypt(
        password, password.utf8.count, salt, salt.count, rounds, lanes, $0.baseAddress, $0.count)
    }
    return isDone ? key : nil
  }
}
