/// A zstd frame that decompressors skip (RFC 8878, section 3.1.2): a magic number, a length, and any bytes.
///
/// 0x184D2A50 is what pzstd and zstd:chunked use, 0x184D2A5E the seekable format, so ours are others.
enum SkippableFrame {
  /// Ends a layer with the table of its files.
  static let layerMagic: UInt32 = 0x184D_2A5C
  /// Ends a bundle with the table of its layers.
  static let bundleMagic: UInt32 = 0x184D_2A5D

  static let headerSize = 8

  static func encode(_ payload: [UInt8], magic: UInt32) -> [UInt8] {
    var frame: [UInt8] = []
    frame.reserveCapacity(headerSize + payload.count)
    frame.append(littleEndian: magic)
    frame.append(littleEndian: UInt32(payload.count))
    frame += payload
    return frame
  }

  /// Whether these bytes are one frame with this magic number, no more and no less.
  static func isWhole(_ bytes: [UInt8], magic: UInt32) -> Bool {
    bytes.count >= headerSize && bytes.integer(UInt32.self, at: 0) == magic
      && Int(bytes.integer(UInt32.self, at: 4)) == bytes.count - headerSize
  }
}

extension [UInt8] {
  mutating func append(littleEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }

  /// The little-endian number at an offset that the caller has checked.
  func integer<Number: FixedWidthInteger>(_: Number.Type, at offset: Int) -> Number {
    withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self)) }
  }
}
