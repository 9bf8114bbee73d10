/// A zip file of one member, not compressed, with the oldest date that zip has: the same bytes always.
///
/// The member's name is ASCII.
func storedZip(name: String, bytes: [UInt8]) -> [UInt8] {
  let name = Array(name.utf8)
  let size = UInt32(bytes.count)
  // From the version needed to the extra field's length: version 2.0, no flags, stored, 1 January 1980, 00:00.
  var common: [UInt8] = []
  common.append(20, 0, 0, 0, 0x21, as: UInt16.self)
  common.append(crc32(bytes), size, size, as: UInt32.self)
  common.append(UInt16(name.count), 0, as: UInt16.self)

  var zip: [UInt8] = Array("PK\u{3}\u{4}".utf8) + common + name + bytes
  let directory = UInt32(zip.count)
  zip += Array("PK\u{1}\u{2}".utf8)
  zip.append(20, as: UInt16.self)
  zip += common
  // No comment, first disk, binary, no attributes, at offset 0.
  zip.append(0, 0, 0, as: UInt16.self)
  zip.append(0, 0, as: UInt32.self)
  zip += name
  let length = UInt32(zip.count) - directory
  zip += Array("PK\u{5}\u{6}".utf8)
  zip.append(0, 0, 1, 1, as: UInt16.self)
  zip.append(length, directory, as: UInt32.self)
  zip.append(0, as: UInt16.self)
  return zip
}

/// The CRC that zip files use (ISO 3309); for small inputs.
private func crc32(_ bytes: [UInt8]) -> UInt32 {
  ~bytes.reduce(~0) { crc, byte in
    (0..<8).reduce(crc ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1 }
  }
}

extension [UInt8] {
  /// Appends numbers, least significant byte first.
  fileprivate mutating func append<Number: FixedWidthInteger>(_ numbers: Number..., as type: Number.Type) {
    for number in numbers {
      Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }
  }
}
