/// Builds small native files, byte by byte, for the readers to read.
struct ByteBuilder {
  var bytes: [UInt8] = []
  var isBigEndian = false

  mutating func u16(_ value: Int) { number(value, 2) }
  mutating func u32(_ value: Int) { number(value, 4) }
  mutating func u64(_ value: Int) { number(value, 8) }
  mutating func text(_ value: String, paddedTo width: Int = 0) {
    bytes += Array(value.utf8) + [0]
    while width > 0, bytes.count % width != 0 { bytes.append(0) }
  }
  mutating func pad(to count: Int) { while bytes.count < count { bytes.append(0) } }

  private mutating func number(_ value: Int, _ width: Int) {
    let little = (0..<width).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    bytes += isBigEndian ? little.reversed() : little
  }
}
