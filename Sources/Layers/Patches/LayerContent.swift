import CZstd
import Model
import SystemPackage

/// A layer of a bundle as it was before it was compressed: its tar segment, and behind it its table's JSON.
///
/// It lies in a file without a name that goes with the value, so that memory stays bounded.
final class LayerContent {
  /// Of the tar segment, in bytes.
  let segment: Int64
  /// Of the table's JSON.
  let table: Int64
  let entries: [LayerEntry]
  private let draft: Draft

  /// - Returns: nil when the bytes are no layer.
  init?(of bundle: FileDescriptor, at offset: Int64, size: Int64, scratch: FilePath) throws {
    guard let frame = try FileTable.frame(from: bundle, at: offset, size: size),
      let json = FileTable.json(in: frame), let entries = FileTable(frame: frame)?.entries
    else { return nil }
    let draft = try Draft(in: scratch, prefix: ".")
    segment = try Self.decompress(bundle, at: offset, size: size - Int64(frame.count), to: draft)
    try json.withUnsafeBytes { try draft.write($0) }
    self.draft = draft
    table = Int64(json.count)
    self.entries = entries
  }

  var size: Int64 { segment + table }

  func bytes(at offset: Int64, count: Int64) throws -> [UInt8] {
    try draft.file.bytes(at: offset, count: Int(count))
  }

  private static func decompress(
    _ file: FileDescriptor, at offset: Int64, size: Int64, to draft: Draft
  ) throws -> Int64 {
    guard let stream = ZSTD_createDStream() else {
      throw LayersError.compression(code: -1, reason: "out of memory")
    }
    defer { ZSTD_freeDStream(stream) }
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { room.deallocate() }
    var total: Int64 = 0
    try file.pieces(offset: offset, size: size) { bytes in
      var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
      var isFull = true
      while input.pos < input.size || isFull {
        var output = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
        let code = ZSTD_decompressStream(stream, &output, &input)
        guard ZSTD_isError(code) == 0 else {
          throw LayersError.compression(
            code: Int(ZSTD_getErrorCode(code).rawValue), reason: String(cString: ZSTD_getErrorName(code)))
        }
        total += Int64(output.pos)
        guard total <= ArchiveLimits.standard.bytes else {
          throw LayersError.compression(code: -1, reason: "a layer unpacks to more than any honest one does")
        }
        try draft.write(UnsafeRawBufferPointer(rebasing: room[..<output.pos]))
        isFull = output.pos == output.size
      }
    }
    return total
  }
}
