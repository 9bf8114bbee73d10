/// SHA-256 (FIPS 180-4) written apart from the one under test, for small inputs.
package func testSHA256(_ message: [UInt8]) -> [UInt8] {
  var padded = message + [0x80]
  padded += [UInt8](repeating: 0, count: (120 - padded.count % 64) % 64)
  padded += Swift.withUnsafeBytes(of: UInt64(message.count * 8).bigEndian) { Array($0) }
  var state = squareRoots
  for start in stride(from: 0, to: padded.count, by: 64) {
    var words = (0..<16).map { index in
      (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(padded[start + index * 4 + $1]) }
    }
    for index in 16..<64 {
      let (a, b) = (words[index - 15], words[index - 2])
      let first = rotate(a, 7) ^ rotate(a, 18) ^ a >> 3
      words.append(
        words[index - 16] &+ first &+ words[index - 7] &+ (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10))
    }
    var v = state
    for index in 0..<64 {
      let sum = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25)
      let one = v[7] &+ sum &+ (v[4] & v[5] ^ ~v[4] & v[6]) &+ cubeRoots[index] &+ words[index]
      let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]
      let two = (rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22)) &+ majority
      v = [one &+ two, v[0], v[1], v[2], v[3] &+ one, v[4], v[5], v[6]]
    }
    for index in 0..<8 { state[index] &+= v[index] }
  }
  return state.flatMap { word in Swift.withUnsafeBytes(of: word.bigEndian) { Array($0) } }
}

private func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

private let primes: [Double] = (2...311).filter { n in !(2..<n).contains { n % $0 == 0 } }.map(Double.init)

/// The first 32 bits of the fraction.
private func fraction(_ value: Double) -> UInt32 {
  UInt32((value - value.rounded(.down)) * 4_294_967_296)
}

private let squareRoots = primes.prefix(8).map { fraction($0.squareRoot()) }

private let cubeRoots: [UInt32] = primes.prefix(64).map { prime in
  // Newton's method: doubles hold enough bits for 32 of the fraction.
  var root = 7.0
  for _ in 0..<60 { root -= (root * root * root - prime) / (3 * root * root) }
  return fraction(root)
}
