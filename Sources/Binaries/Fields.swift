/// Numbers at checked places in a piece of a file, in that file's byte order.
struct Fields {
  enum ByteOrder: Sendable {
    case little
    case big
  }

  let bytes: [UInt8]
  let order: ByteOrder

  func u16(_ offset: Int) throws(BinaryError) -> UInt16 { try integer(offset) }
  func u32(_ offset: Int) throws(BinaryError) -> UInt32 { try integer(offset) }
  func u64(_ offset: Int) throws(BinaryError) -> UInt64 { try integer(offset) }

  /// An address or offset: 8 bytes in a 64-bit file, 4 in a 32-bit one.
  func word(_ offset: Int, is64Bit: Bool) throws(BinaryError) -> UInt64 {
    is64Bit ? try u64(offset) : UInt64(try u32(offset))
  }

  private func integer<Value: FixedWidthInteger>(_ offset: Int) throws(BinaryError) -> Value {
    let width = Value.bitWidth / 8
    guard offset >= 0, offset <= bytes.count - width else {
      throw .truncated(offset: UInt64(max(0, offset)), count: UInt64(width), size: UInt64(bytes.count))
    }
    var value: Value = 0
    for index in 0..<width {
      let byte = bytes[order == .little ? offset + width - 1 - index : offset + index]
      value = value << 8 | Value(byte)
    }
    return value
  }
}

extension ByteSource {
  /// The numbers of `count` bytes from `offset` on.
  func fields(at offset: UInt64, count: UInt64, _ order: Fields.ByteOrder) throws(BinaryError) -> Fields {
    Fields(bytes: try bytes(at: offset, count: count), order: order)
  }
}
