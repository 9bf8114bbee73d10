/// BLAKE2b without a key (RFC 7693).
package struct BLAKE2b {
  private var state: [UInt64]
  private var counted: UInt64 = 0

  /// The digest of 64 bytes, by libcrypto.
  package static func digest(of bytes: [UInt8]) -> [UInt8] {
    let state = HashState(.blake2b512)
    bytes.withUnsafeBytes { state.update($0) }
    return state.finish()
  }

  /// The digest of another length, 1 to 64 bytes, of which libcrypto 3.0 has none: for a few bytes, since it is made here.
  package static func digest(of bytes: [UInt8], length: Int) -> [UInt8] {
    precondition((1...64).contains(length), "a BLAKE2b digest has 1 to 64 bytes, not \(length)")
    var hash = BLAKE2b(length: length)
    var rest = bytes[...]
    while rest.count > 128 {
      hash.compress(rest.prefix(128), isLast: false)
      rest = rest.dropFirst(128)
    }
    hash.compress(rest, isLast: true)
    let whole = hash.state.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
    return Array(whole.prefix(length))
  }

  private init(length: Int) {
    state = Self.initial
    state[0] ^= 0x0101_0000 ^ UInt64(length)
  }

  /// Takes a block of at most 128 bytes in; a shorter one counts as filled with zeros.
  private mutating func compress(_ block: ArraySlice<UInt8>, isLast: Bool) {
    counted += UInt64(block.count)
    var words = [UInt64](repeating: 0, count: 16)
    for (index, byte) in block.enumerated() { words[index / 8] |= UInt64(byte) << (index % 8 * 8) }
    var vector = state + Self.initial
    vector[12] ^= counted
    if isLast { vector[14] = ~vector[14] }
    for round in 0..<12 {
      let order = Self.order[round % 10]
      for (step, lanes) in Self.lanes.enumerated() {
        Self.mix(&vector, lanes, words[order[2 * step]], words[order[2 * step + 1]])
      }
    }
    for index in 0..<8 { state[index] ^= vector[index] ^ vector[index + 8] }
  }

  private static func mix(_ vector: inout [UInt64], _ lanes: [Int], _ x: UInt64, _ y: UInt64) {
    let (a, b, c, d) = (lanes[0], lanes[1], lanes[2], lanes[3])
    for (word, first, second) in [(x, 32, 24), (y, 16, 63)] {
      vector[a] = vector[a] &+ vector[b] &+ word
      vector[d] = rotatedRight(vector[d] ^ vector[a], by: UInt64(first))
      vector[c] = vector[c] &+ vector[d]
      vector[b] = rotatedRight(vector[b] ^ vector[c], by: UInt64(second))
    }
  }

  private static func rotatedRight(_ word: UInt64, by count: UInt64) -> UInt64 {
    word >> count | word << (64 - count)
  }

  /// Columns, then diagonals.
  private static let lanes = [
    [0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15],
    [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14],
  ]

  private static let initial: [UInt64] = [
    0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1, 0x9b05_688c_2b3e_6c1f, 0x1f83_d9ab_fb41_bd6b, 0x5be0_cd19_137e_2179,
  ]

  /// In which order each round takes the words of a block (RFC 7693, 2.7).
  private static let order = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
  ]
}
