import CZstd
import Model
import Synchronization
import SystemPackage

/// The zstd frames of a layer's tar segment, given out one after the other to as many threads as ask for them.
final class LayerFrames: Sendable {
  /// Bytes of content that a frame may have: more than any ppp gives it, and little enough to be in memory.
  private static let limit = 64 << 20

  struct Frame: Sendable {
    /// Where it lies in the file, in bytes.
    let packed: Range<Int64>
    /// Where its content lies in the segment, in bytes.
    let content: Range<Int64>
  }

  private struct State {
    /// Where in the file the next frame begins.
    var position: Int64 = 0
    /// The content of the frames that were given out, in bytes.
    var contentSize: Int64 = 0
  }

  private let layer: LayerFile
  private let file: FileDescriptor
  private let end: Int64
  private let state = Mutex(State())

  init(of layer: LayerFile, without table: LayerTable) throws {
    self.layer = layer
    end = layer.size - Int64(table.frame.count)
    do {
      file = try FileDescriptor.open(layer.path, .readOnly, options: .closeOnExec)
    } catch {
      throw FileError(verb: "read", path: layer.path, cause: error)
    }
  }

  deinit {
    // Nothing was written through it.
    try? file.close()
  }

  /// The content of all frames that were given out, in bytes.
  var contentSize: Int64 { state.withLock { $0.contentSize } }

  /// The next frame; nil behind the last.
  ///
  /// - Throws: `LayersError.malformedLayer` for what is no frame, or one that doesn't say how much it holds.
  func next() throws -> Frame? {
    try state.withLock { state in
      guard state.position < end else { return nil }
      let (packed, content) = try sizes(ofFrameAt: state.position)
      defer {
        state.position += packed
        state.contentSize += content
      }
      return Frame(
        packed: state.position..<state.position + packed,
        content: state.contentSize..<state.contentSize + content)
    }
  }

  /// Reads a frame as it is stored; the buffer has its size.
  func read(_ frame: Frame, into buffer: UnsafeMutableRawBufferPointer) throws {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = try file.read(fromAbsoluteOffset: frame.packed.lowerBound + Int64(filled), into: rest)
      guard count > 0 else { throw damage("its file is shorter than it was") }
      filled += count
    }
  }

  func damage(_ reason: String) -> LayersError { .malformedLayer(layer.digest, reason: reason) }

  /// How many bytes a frame has, and its content; by the headers of the frame and its blocks (RFC 8878, section 3.1.1).
  private func sizes(ofFrameAt start: Int64) throws -> (packed: Int64, content: Int64) {
    let header = try bytes(at: start, upTo: 18)
    guard header.count > 5, header.integer(UInt32.self, at: 0) == ZSTD_MAGICNUMBER else {
      throw damage("its archive is no zstd")
    }
    // The two highest numbers stand for an error and for a size that is not known.
    let content = ZSTD_getFrameContentSize(header, header.count)
    guard content <= UInt64(Self.limit) else {
      throw damage("a frame of it is too large, or doesn't say how large")
    }
    let descriptor = Int(header[4])
    let isSingleSegment = descriptor & 0x20 != 0
    let dictionarySize = [0, 1, 2, 4][descriptor & 3]
    let contentFieldSize = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6]
    var place = start + 5 + Int64((isSingleSegment ? 0 : 1) + dictionarySize + contentFieldSize)
    while true {
      let block = try bytes(at: place, upTo: 3)
      guard block.count == 3, place - start <= 2 * Int64(Self.limit) else {
        throw damage("it ends within a frame")
      }
      let word = Int64(block[0]) | Int64(block[1]) << 8 | Int64(block[2]) << 16
      // A block of the type 1 is one byte, that many times.
      place += 3 + (word >> 1 & 3 == 1 ? 1 : word >> 3)
      if word & 1 == 1 { break }
    }
    place += descriptor & 4 == 0 ? 0 : 4
    guard place <= end else { throw damage("it ends within a frame") }
    return (place - start, Int64(content))
  }

  private func bytes(at place: Int64, upTo count: Int64) throws -> [UInt8] {
    place < end ? try file.bytes(at: place, count: Int(min(count, end - place))) : []
  }
}
