import Artifacts
import CZstd
package import Model
package import SystemPackage

/// The digests of a layer and of what it is unpacked, its tar segment, by which images of containers name it.
///
/// The layer is `size` bytes of a file from `offset` on, in the store or in a bundle. It blocks.
///
/// - Throws: `LayersError.compression` for what is no zstd, or damaged; `FileError`.
package func contentDigest(
  ofLayerIn path: FilePath, offset: Int64 = 0, size: Int64, cancellation: Cancellation
) throws -> (layer: Digest, content: Digest) {
  let file: FileDescriptor
  do {
    file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
  } catch {
    throw FileError(verb: "read", path: path, cause: error)
  }
  return try file.closeAfter {
    let content = try ContentHash()
    let layer = SHA256()
    try file.pieces(offset: offset, size: size) { piece in
      try cancellation.check()
      layer.update(piece)
      try content.update(piece)
    }
    return (layer.finish(), try content.finish())
  }
}

/// Decompresses frames, skippable ones included, and hashes what is in them.
private final class ContentHash {
  private let context: OpaquePointer
  private let hash = SHA256()
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
  /// What the decompressor still expects of the frame that it is in; 0 between frames.
  private var expected = 0

  init() throws(LayersError) {
    guard let context = ZSTD_createDCtx() else { throw .compression(code: -1, reason: "out of memory") }
    self.context = context
  }

  deinit {
    ZSTD_freeDCtx(context)
    buffer.deallocate()
  }

  func update(_ bytes: UnsafeRawBufferPointer) throws(LayersError) {
    var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
    var isFlushed = true
    while input.pos < input.size || !isFlushed {
      var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
      let code = ZSTD_decompressStream(context, &output, &input)
      guard ZSTD_isError(code) == 0 else {
        throw .compression(
          code: Int(ZSTD_getErrorCode(code).rawValue), reason: String(cString: ZSTD_getErrorName(code)))
      }
      expected = code
      // A frame that is done has nothing more, whether or not it filled the buffer.
      isFlushed = code == 0 || output.pos < output.size
      hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<output.pos]))
    }
  }

  func finish() throws(LayersError) -> Digest {
    guard expected == 0 else { throw .compression(code: -1, reason: "the layer ends within a frame") }
    return hash.finish()
  }
}
