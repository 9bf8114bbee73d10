import CZstd

/// Whole pieces of bytes to and from one zstd frame, for what is small enough to be in memory.
enum ZstdBlock {
  static func compress(_ bytes: [UInt8], level: Int = 3) throws(LayersError) -> [UInt8] {
    var code = 0
    let packed = [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) { buffer, count in
      code = ZSTD_compress(buffer.baseAddress, buffer.count, bytes, bytes.count, Int32(level))
      count = ZSTD_isError(code) == 0 ? code : 0
    }
    guard ZSTD_isError(code) == 0 else {
      throw .compression(
        code: Int(ZSTD_getErrorCode(code).rawValue), reason: String(cString: ZSTD_getErrorName(code)))
    }
    return packed
  }

  /// The content of these bytes, or nil when they are damaged or have another size than `size`.
  static func decompress(_ bytes: ArraySlice<UInt8>, size: Int) -> [UInt8]? {
    var code = 0
    let content = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      code = bytes.withUnsafeBytes {
        ZSTD_decompress(buffer.baseAddress, buffer.count, $0.baseAddress, $0.count)
      }
      count = ZSTD_isError(code) == 0 ? code : 0
    }
    return content.count == size && ZSTD_isError(code) == 0 ? content : nil
  }
}
