import Artifacts
import Model
import SystemPackage

/// A layer that is made again from its content: the same bytes, with the same level and the same libzstd.
final class RepackedLayer {
  private let frames: FrameWriter
  private let segment: Int64
  private var json: [UInt8] = []
  private var taken: Int64 = 0

  init(to file: FileDescriptor, level: Int, segment: Int64) throws {
    frames = try FrameWriter(to: file, level: level)
    self.segment = segment
  }

  /// What was written so far, in bytes.
  var size: Int64 { frames.size }

  /// Takes the next bytes of the content: the tar segment, then the table.
  func write(_ bytes: UnsafeRawBufferPointer) throws {
    let count = Int(min(Int64(bytes.count), segment - taken))
    taken += Int64(count)
    try frames.write(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
    json += bytes[count...]
  }

  /// - Returns: the layer's digest.
  func finish() throws -> Digest {
    try frames.flush()
    try FileTable.frame(of: json, behind: frames.size).withUnsafeBytes { try frames.writeRaw($0) }
    return frames.finish()
  }

  /// The level by which this content becomes the layer with this digest, or nil when none does.
  ///
  /// The likely ones are tried; what another program made of other frames is not found out.
  static func level(
    of content: LayerContent, digest: Digest, _ likely: [Int], _ cancellation: Cancellation
  ) throws -> Int? {
    let nowhere = try FileDescriptor.open("/dev/null", .writeOnly, options: .closeOnExec)
    return try nowhere.closeAfter {
      try likely.first { level in
        let layer = try RepackedLayer(to: nowhere, level: level, segment: content.segment)
        var position: Int64 = 0
        while position < content.size {
          try cancellation.check()
          let count = min(content.size - position, 1 << 20)
          try content.bytes(at: position, count: count).withUnsafeBytes { try layer.write($0) }
          position += count
        }
        return try layer.finish() == digest
      }
    }
  }
}
