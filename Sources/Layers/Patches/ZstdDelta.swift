import CZstd

/// Bytes as what sets them apart from others, the prefix: what `zstd --patch-from` makes, for pieces in memory.
enum ZstdDelta {
  /// What a piece and its prefix may have together: a window that every zstd decompresses by default.
  static let limit = 1 << 27

  static func compress(
    _ content: UnsafeRawBufferPointer, against prefix: UnsafeRawBufferPointer, level: Int
  ) throws(LayersError) -> [UInt8] {
    guard let context = ZSTD_createCCtx() else { throw .compression(code: -1, reason: "out of memory") }
    defer { ZSTD_freeCCtx(context) }
    let bits = Int.bitWidth - (content.count + prefix.count).leadingZeroBitCount
    try check(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Int32(level)))
    try check(ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, Int32(min(max(bits, 17), 27))))
    try check(ZSTD_CCtx_setParameter(context, ZSTD_c_enableLongDistanceMatching, prefix.isEmpty ? 0 : 1))
    try check(ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1))
    try check(ZSTD_CCtx_refPrefix(context, prefix.baseAddress, prefix.count))
    var code = 0
    let packed = [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(content.count)) { buffer, count in
      code = ZSTD_compress2(context, buffer.baseAddress, buffer.count, content.baseAddress, content.count)
      count = ZSTD_isError(code) == 0 ? code : 0
    }
    try check(code)
    return packed
  }

  /// The bytes that `packed` stands for, or nil when it is damaged or gives another number of bytes than `size`.
  static func decompress(_ packed: [UInt8], against prefix: UnsafeRawBufferPointer, size: Int) -> [UInt8]? {
    guard let context = ZSTD_createDCtx() else { return nil }
    defer { ZSTD_freeDCtx(context) }
    guard ZSTD_isError(ZSTD_DCtx_refPrefix(context, prefix.baseAddress, prefix.count)) == 0 else {
      return nil
    }
    var code = 0
    let content = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      code = ZSTD_decompressDCtx(context, buffer.baseAddress, buffer.count, packed, packed.count)
      count = ZSTD_isError(code) == 0 ? code : 0
    }
    return ZSTD_isError(code) == 0 && content.count == size ? content : nil
  }

  /// The version of libzstd, which has an influence on what it writes.
  static var version: String { String(cString: ZSTD_versionString()) }

  private static func check(_ code: Int) throws(LayersError) {
    if ZSTD_isError(code) != 0 {
      throw .compression(
        code: Int(ZSTD_getErrorCode(code).rawValue), reason: String(cString: ZSTD_getErrorName(code)))
    }
  }
}
