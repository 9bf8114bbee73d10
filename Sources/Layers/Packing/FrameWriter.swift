import Artifacts
import CZstd
import Model
import SystemPackage

/// Compresses a stream into zstd frames of a fixed amount of content each, and hashes what it writes.
///
/// Every frame carries its content size and a checksum, needs nothing of the frames before it, and holds
/// `frameSize` bytes of content (the last one fewer); so memory stays bounded and equal content gives equal bytes.
final class FrameWriter {
  /// In bytes: four times the window of the level that is used most, so that cutting costs little.
  static let frameSize = 8 << 20

  private let file: FileDescriptor
  private let context: OpaquePointer
  private let content: UnsafeMutableRawBufferPointer
  private let packed: UnsafeMutableRawBufferPointer
  private var filled = 0
  private let hasher = SHA256()
  /// The bytes written to the file so far.
  private(set) var size: Int64 = 0

  init(to file: FileDescriptor, level: Int) throws(LayersError) {
    guard let context = ZSTD_createCCtx() else { throw .compression(code: -1, reason: "out of memory") }
    self.file = file
    self.context = context
    content = .allocate(byteCount: Self.frameSize, alignment: 16)
    packed = .allocate(byteCount: ZSTD_compressBound(Self.frameSize), alignment: 16)
    try check(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Int32(level)))
    try check(ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1))
    try check(ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 1))
  }

  deinit {
    ZSTD_freeCCtx(context)
    content.deallocate()
    packed.deallocate()
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = min(rest.count, content.count - filled)
      UnsafeMutableRawBufferPointer(rebasing: content[filled..<filled + count])
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: rest[..<count]))
      filled += count
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      if filled == content.count { try flush() }
    }
  }

  func write(zeros count: Int) throws {
    try [UInt8](repeating: 0, count: count).withUnsafeBytes { try write($0) }
  }

  /// Ends the current frame, if it holds anything.
  func flush() throws {
    guard filled > 0 else { return }
    let count = ZSTD_compress2(context, packed.baseAddress, packed.count, content.baseAddress, filled)
    try check(count)
    filled = 0
    try writeRaw(UnsafeRawBufferPointer(rebasing: packed[..<count]))
  }

  /// Writes bytes that are frames already.
  func writeRaw(_ bytes: UnsafeRawBufferPointer) throws {
    hasher.update(bytes)
    try file.writeAll(bytes)
    size += Int64(bytes.count)
  }

  /// The digest of everything that was written; nothing may be written after it.
  func finish() -> Digest { hasher.finish() }

  private func check(_ code: Int) throws(LayersError) {
    if ZSTD_isError(code) != 0 {
      throw .compression(
        code: Int(ZSTD_getErrorCode(code).rawValue), reason: String(cString: ZSTD_getErrorName(code)))
    }
  }
}
