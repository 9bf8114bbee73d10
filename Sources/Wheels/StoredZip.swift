/// A zip file whose members are not compressed and have the oldest date that zip has: the same bytes always.
///
/// It holds fewer than 65,536 members and less than 4 GiB. See APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
struct StoredZip {
  private var members: [UInt8] = []
  private var directory: [UInt8] = []
  private var count: UInt16 = 0

  /// Adds a member; with a mode, unpackers on Unix give it to the file.
  mutating func add(_ name: String, _ bytes: [UInt8], mode: UInt32? = nil) {
    let name = Array(name.utf8)
    let size = UInt32(bytes.count)
    let offset = UInt32(members.count)
    // Names that are not ASCII are marked as UTF-8.
    let flags: UInt16 = name.allSatisfy { $0 < 0x80 } ? 0 : 0x800
    // From the version needed to the extra field's length: version 2.0, stored, 1 January 1980, 00:00.
    var common: [UInt8] = []
    common.append(20, flags, 0, 0, 0x21, as: UInt16.self)
    common.append(crc32(bytes), size, size, as: UInt32.self)
    common.append(UInt16(name.count), 0, as: UInt16.self)
    members += Array("PK\u{3}\u{4}".utf8) + common + name + bytes
    directory += Array("PK\u{1}\u{2}".utf8)
    directory.append(mode == nil ? 20 : 3 << 8 | 20, as: UInt16.self)
    directory += common
    // No comment, first disk, binary; a regular file with its mode.
    directory.append(0, 0, 0, as: UInt16.self)
    directory.append(mode.map { ($0 | 0o100000) << 16 } ?? 0, offset, as: UInt32.self)
    directory += name
    count += 1
  }

  var bytes: [UInt8] {
    var zip = members + directory + Array("PK\u{5}\u{6}".utf8)
    zip.append(0, 0, count, count, as: UInt16.self)
    zip.append(UInt32(directory.count), UInt32(members.count), as: UInt32.self)
    zip.append(0, as: UInt16.self)
    return zip
  }
}

/// A zip file of one member, whose name is ASCII.
func storedZip(name: String, bytes: [UInt8]) -> [UInt8] {
  var zip = StoredZip()
  zip.add(name, bytes)
  return zip.bytes
}

/// The CRC that zip files use (ISO 3309).
private func crc32(_ bytes: [UInt8]) -> UInt32 {
  ~bytes.reduce(~0) { crc, byte in crcTable[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] ^ crc >> 8 }
}

private let crcTable: [UInt32] = (0..<256).map { index in
  (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1 }
}

extension [UInt8] {
  /// Appends numbers, least significant byte first.
  fileprivate mutating func append<Number: FixedWidthInteger>(_ numbers: Number..., as type: Number.Type) {
    for number in numbers {
      Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }
  }
}
