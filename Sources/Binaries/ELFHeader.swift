/// The fixed part at the start of an ELF file: what it is, and where its program headers are.
struct ELFHeader {
  let is64Bit: Bool
  let order: Fields.ByteOrder
  let kind: ELFFile.Kind
  let machine: UInt16
  private let segmentOffset: UInt64
  private let segmentSize: UInt16
  private let segmentCount: UInt16

  init(_ source: ByteSource) throws(BinaryError) {
    let identification = try source.bytes(at: 0, count: 16)
    guard (1...2).contains(identification[4]), (1...2).contains(identification[5]) else {
      throw .malformed(format: "ELF", reason: "unknown class or byte order")
    }
    is64Bit = identification[4] == 2
    order = identification[5] == 1 ? .little : .big
    let fields = try source.fields(at: 0, count: is64Bit ? 64 : 52, order)
    kind =
      switch try fields.u16(16) {
      case 1: .relocatable
      case 2: .executable
      case 3: .shared
      default: .other
      }
    machine = try fields.u16(18)
    segmentOffset = try fields.word(is64Bit ? 32 : 28, is64Bit: is64Bit)
    segmentSize = try fields.u16(is64Bit ? 54 : 42)
    segmentCount = try fields.u16(is64Bit ? 56 : 44)
  }

  func segments(in source: ByteSource) throws(BinaryError) -> [ELFSegment] {
    guard segmentCount > 0 else { return [] }
    guard segmentSize >= (is64Bit ? 56 : 32) else {
      throw .malformed(format: "ELF", reason: "program headers of \(segmentSize) bytes")
    }
    let size = UInt64(segmentSize)
    let fields = try source.fields(at: segmentOffset, count: size * UInt64(segmentCount), order)
    return try (0..<Int(segmentCount)).map { index throws(BinaryError) in
      try ELFSegment(fields, at: index * Int(size), is64Bit: is64Bit)
    }
  }
}

/// A program header: a part of the file, and where it is mapped.
struct ELFSegment {
  static let load: UInt32 = 1
  static let dynamic: UInt32 = 2
  static let interpreter: UInt32 = 3

  let type: UInt32
  let offset: UInt64
  let address: UInt64
  let fileSize: UInt64

  init(_ fields: Fields, at start: Int, is64Bit: Bool) throws(BinaryError) {
    type = try fields.u32(start)
    offset = try fields.word(start + (is64Bit ? 8 : 4), is64Bit: is64Bit)
    address = try fields.word(start + (is64Bit ? 16 : 8), is64Bit: is64Bit)
    fileSize = try fields.word(start + (is64Bit ? 32 : 16), is64Bit: is64Bit)
  }
}

extension [ELFSegment] {
  /// The place in the file of what is mapped at an address.
  func offset(ofAddress address: UInt64) throws(BinaryError) -> UInt64 {
    for segment in self where segment.type == ELFSegment.load && address >= segment.address {
      let distance = address - segment.address
      guard distance < segment.fileSize else { continue }
      let (offset, overflow) = segment.offset.addingReportingOverflow(distance)
      if !overflow { return offset }
    }
    throw .malformed(format: "ELF", reason: "no segment holds address \(address)")
  }
}
