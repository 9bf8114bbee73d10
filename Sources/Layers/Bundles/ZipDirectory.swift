import Model
import SystemPackage

/// The central directory of a zip archive, and how it changes when the archive's members move.
///
/// See APPNOTE.TXT 6.3.10, sections 4.3.12 to 4.3.16 and 4.5.3.
struct ZipDirectory {
  private static let headerSignature: UInt32 = 0x0201_4b50
  private static let endSignature: UInt32 = 0x0605_4b50
  private static let end64Signature: UInt32 = 0x0606_4b50
  private static let locator64Signature: UInt32 = 0x0706_4b50
  private static let endSize = 22
  private static let locatorSize = 20
  private static let headerSize = 46

  private(set) var headers: [UInt8] = []
  private(set) var count: UInt64 = 0

  /// Reads the directory of an archive without a comment, as `ZipSegment` writes it.
  ///
  /// - Returns: the directory, and where it begins: how many bytes of members stand before it.
  /// - Throws: `LayersError.malformedBundle`.
  static func read(_ file: FileDescriptor, size: Int64, path: FilePath) throws -> (
    ZipDirectory, membersSize: Int64
  ) {
    let tail = try file.bytes(at: max(0, size - Int64(endSize)), count: endSize)
    guard tail.count == endSize, tail.integer(UInt32.self, at: 0) == endSignature else {
      throw LayersError.malformedBundle(path, reason: "its zip directory is damaged")
    }
    var count = UInt64(tail.integer(UInt16.self, at: 10))
    var length = UInt64(tail.integer(UInt32.self, at: 12))
    var offset = UInt64(tail.integer(UInt32.self, at: 16))
    if count == 0xFFFF || length == 0xFFFF_FFFF || offset == 0xFFFF_FFFF {
      let locator = try file.bytes(at: max(0, size - Int64(endSize + locatorSize)), count: locatorSize)
      if locator.count == locatorSize, locator.integer(UInt32.self, at: 0) == locator64Signature {
        let place = Int64(clamping: locator.integer(UInt64.self, at: 8))
        let end = try file.bytes(at: min(place, size), count: 56)
        guard end.count == 56, end.integer(UInt32.self, at: 0) == end64Signature else {
          throw LayersError.malformedBundle(path, reason: "its zip64 directory is damaged")
        }
        count = end.integer(UInt64.self, at: 32)
        length = end.integer(UInt64.self, at: 40)
        offset = end.integer(UInt64.self, at: 48)
      }
    }
    guard offset <= UInt64(size), length <= UInt64(size) - offset else {
      throw LayersError.malformedBundle(path, reason: "its zip directory does not lie in the file")
    }
    var directory = ZipDirectory()
    directory.headers = try file.bytes(at: Int64(offset), count: Int(length))
    directory.count = count
    return (directory, Int64(offset))
  }

  /// Adds the headers of another directory, whose members now begin at `base`.
  mutating func append(_ other: ZipDirectory, movedTo base: Int64, path: FilePath) throws {
    var position = 0
    for _ in 0..<other.count {
      let bytes = other.headers
      guard position + Self.headerSize <= bytes.count,
        bytes.integer(UInt32.self, at: position) == Self.headerSignature
      else { throw LayersError.malformedBundle(path, reason: "its zip directory is damaged") }
      let lengths = [28, 30, 32].map { Int(bytes.integer(UInt16.self, at: position + $0)) }
      let end = position + Self.headerSize + lengths.reduce(0, +)
      guard end <= bytes.count else {
        throw LayersError.malformedBundle(path, reason: "its zip directory is damaged")
      }
      append(Array(bytes[position..<end]), nameSize: lengths[0], extraSize: lengths[1], base: UInt64(base))
      position = end
    }
    count += other.count
  }

  /// What stands behind the members: the headers and the end records, for a directory that begins at `offset`.
  func encoded(at offset: Int64) -> [UInt8] {
    var bytes = headers
    let needs64 = count >= 0xFFFF || headers.count >= 0xFFFF_FFFF || offset >= 0xFFFF_FFFF
    if needs64 {
      let place = UInt64(offset) + UInt64(headers.count)
      bytes.append(littleEndian: Self.end64Signature)
      bytes.append(littleEndian: UInt64(44))
      for version: UInt16 in [0x032D, 45] { bytes.append(littleEndian: version) }
      for disk: UInt32 in [0, 0] { bytes.append(littleEndian: disk) }
      for value in [count, count, UInt64(headers.count), UInt64(offset)] { bytes.append(littleEndian: value) }
      bytes.append(littleEndian: Self.locator64Signature)
      bytes.append(littleEndian: UInt32(0))
      bytes.append(littleEndian: place)
      bytes.append(littleEndian: UInt32(1))
    }
    bytes.append(littleEndian: Self.endSignature)
    for disk: UInt16 in [0, 0] { bytes.append(littleEndian: disk) }
    for _ in 0..<2 { bytes.append(littleEndian: UInt16(min(count, 0xFFFF))) }
    bytes.append(littleEndian: UInt32(min(headers.count, 0xFFFF_FFFF)))
    bytes.append(littleEndian: UInt32(min(offset, 0xFFFF_FFFF)))
    bytes.append(littleEndian: UInt16(0))
    return bytes
  }

  /// Adds one header with its member's offset moved, in zip64 form where the numbers need it.
  private mutating func append(_ header: [UInt8], nameSize: Int, extraSize: Int, base: UInt64) {
    let extraStart = Self.headerSize + nameSize
    var (extra, wide) = Self.withoutZip64(header[extraStart..<extraStart + extraSize])
    var fields = [24, 20, 42].map { offset -> UInt64 in
      let value = header.integer(UInt32.self, at: offset)
      return value == 0xFFFF_FFFF && !wide.isEmpty ? wide.removeFirst() : UInt64(value)
    }
    fields[2] += base
    let large = fields.filter { $0 >= 0xFFFF_FFFF }
    if !large.isEmpty {
      extra.append(littleEndian: UInt16(1))
      extra.append(littleEndian: UInt16(8 * large.count))
      for value in large { extra.append(littleEndian: value) }
    }
    let start = headers.count
    headers += header[..<extraStart] + extra + header[(extraStart + extraSize)...]
    func put(_ value: some FixedWidthInteger, at offset: Int) {
      var bytes: [UInt8] = []
      bytes.append(littleEndian: value)
      headers.replaceSubrange(start + offset..<start + offset + bytes.count, with: bytes)
    }
    for (value, offset) in zip(fields, [24, 20, 42]) { put(UInt32(min(value, 0xFFFF_FFFF)), at: offset) }
    put(UInt16(extra.count), at: 30)
    if !large.isEmpty { put(max(45, header.integer(UInt16.self, at: 6)), at: 6) }
  }

  /// The extra fields but for the zip64 one, and that one's numbers.
  private static func withoutZip64(_ extra: ArraySlice<UInt8>) -> (rest: [UInt8], wide: [UInt64]) {
    let bytes = Array(extra)
    var rest: [UInt8] = []
    var wide: [UInt64] = []
    var position = 0
    while position + 4 <= bytes.count {
      let length = Int(bytes.integer(UInt16.self, at: position + 2))
      let end = min(position + 4 + length, bytes.count)
      if bytes.integer(UInt16.self, at: position) == 1 {
        for start in stride(from: position + 4, through: end - 8, by: 8) {
          wide.append(bytes.integer(UInt64.self, at: start))
        }
      } else {
        rest += bytes[position..<end]
      }
      position = end
    }
    return (rest, wide)
  }
}
