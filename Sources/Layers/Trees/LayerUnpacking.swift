import CZstd
package import Model
import Synchronization
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Writes files of one layer into a tree, frame by frame, on as many threads as there are.
///
/// What lies where follows from the layer's table, so that a frame needs nothing of those before it. Names come from the
/// table only, which was checked; a layer whose archive is another than its table lists is refused.
package final class LayerUnpacking: Sendable {
  /// A file or header that goes on in the next frame.
  private struct Part {
    var file: FileDescriptor?
    var header: [UInt8] = []
    /// In bytes.
    var missing: Int64
  }

  private struct State {
    var layer: PlacedLayer
    var files: [Int: Part] = [:]
    var headers: [Int: Part] = [:]
  }

  private let writer: TreeWriter
  private let entries: [LayerEntry]
  private let layout: SegmentLayout
  private let isWanted: [Bool]
  private let frames: LayerFrames
  private let state: Mutex<State>

  package init(_ layer: PlacedLayer, from file: LayerFile, into writer: TreeWriter) throws {
    self.writer = writer
    entries = layer.table.entries
    layout = try SegmentLayout(layer.table, of: file)
    var isWanted = [Bool](repeating: false, count: entries.count)
    for number in layer.missing { isWanted[number] = true }
    self.isWanted = isWanted
    frames = try LayerFrames(of: file, without: layer.table)
    state = Mutex(State(layer: layer))
  }

  deinit {
    // What is not whole now never will be, and its tree goes.
    state.withLock { for part in $0.files.values { try? part.file?.close() } }
  }

  /// How many threads find something to do, at most.
  package var width: Int { Int(layout.size / Int64(FrameWriter.frameSize)) + 1 }

  /// Unpacks the next frame, if it has anything that is wanted; it blocks.
  ///
  /// - Returns: false when there are no more.
  package func unpackNext(_ cancellation: Cancellation) throws -> Bool {
    while let frame = try frames.next() {
      try cancellation.check()
      let numbers = layout.entries(in: frame.content)
      guard numbers.contains(where: { isWanted[$0] }) else { continue }
      try writer.withBuffer(frame.content.count) { buffer in
        try decompress(frame, into: buffer)
        try unpack(numbers, UnsafeRawBufferPointer(buffer), at: frame.content, cancellation)
      }
      return true
    }
    return false
  }

  private func decompress(_ frame: LayerFrames.Frame, into buffer: UnsafeMutableRawBufferPointer) throws {
    try writer.withBuffer(frame.packed.count) { packed in
      try frames.read(frame, into: packed)
      let count = ZSTD_decompress(buffer.baseAddress, buffer.count, packed.baseAddress, packed.count)
      guard ZSTD_isError(count) == 0, count == buffer.count else { throw frames.damage("a frame is damaged") }
    }
  }

  /// The layer as it is in the tree now, once there are no more frames.
  ///
  /// - Throws: `LayersError.malformedLayer` when the archive has more or less than its table says.
  package func finish() throws -> PlacedLayer {
    guard frames.contentSize == layout.size else {
      throw frames.damage("its archive has \(frames.contentSize) bytes, and \(layout.size) by its table")
    }
    return state.withLock {
      $0.layer.missing = []
      return $0.layer
    }
  }

  private func unpack(
    _ numbers: Range<Int>, _ bytes: UnsafeRawBufferPointer, at place: Range<Int64>,
    _ cancellation: Cancellation
  ) throws {
    func piece(_ range: Range<Int64>) -> UnsafeRawBufferPointer {
      let range = range.clamped(to: place)
      let start = Int(range.lowerBound - place.lowerBound)
      return UnsafeRawBufferPointer(rebasing: bytes[start..<start + range.count])
    }
    var stamps: [(Int, FileStamp)] = []
    for number in numbers {
      try cancellation.check()
      let header = layout.header(of: number)
      if header.overlaps(place) {
        try check(number, piece(header), at: max(place.lowerBound - header.lowerBound, 0), of: header.count)
      }
      let content = layout.content(of: number)
      guard isWanted[number], content.overlaps(place) else { continue }
      let offset = max(place.lowerBound - content.lowerBound, 0)
      let stamp = try write(number, piece(content), at: offset, of: content.count)
      if let stamp { stamps.append((number, stamp)) }
    }
    state.withLock { state in
      for (number, stamp) in stamps {
        state.layer.stamps[number] = stamp
        state.layer.tally.writtenFiles += 1
        state.layer.tally.writtenBytes += stamp.size
      }
    }
  }

  private func check(_ number: Int, _ bytes: UnsafeRawBufferPointer, at offset: Int64, of size: Int) throws {
    let isRight: Bool
    if bytes.count == size {
      isRight = layout.isHeader(bytes, of: number)
    } else {
      isRight = state.withLock { state in
        var part =
          state.headers[number] ?? Part(header: [UInt8](repeating: 0, count: size), missing: Int64(size))
        part.header.replaceSubrange(Int(offset)..<Int(offset) + bytes.count, with: bytes)
        part.missing -= Int64(bytes.count)
        state.headers[number] = part
        return part.missing > 0 || part.header.withUnsafeBytes { layout.isHeader($0, of: number) }
      }
    }
    guard isRight else { throw frames.damage("its table does not list '\(entries[number].path)' rightly") }
  }

  /// Writes a file or a part of it; the file's stamp once it is whole.
  private func write(
    _ number: Int, _ bytes: UnsafeRawBufferPointer, at offset: Int64, of size: Int
  ) throws -> FileStamp? {
    let entry = entries[number]
    if bytes.count == size { return try writer.write(bytes, as: entry) }
    let file = try state.withLock { state in
      if let file = state.files[number]?.file { return file }
      let file = try writer.create(entry)
      state.files[number] = Part(file: file, missing: Int64(size))
      return file
    }
    return try writer.describingFailure(of: entry.path) {
      try file.writeAll(toAbsoluteOffset: offset, bytes)
      return try state.withLock { state in
        state.files[number]?.missing -= Int64(bytes.count)
        guard state.files[number]?.missing == 0 else { return nil }
        state.files[number] = nil
        return try file.closeAfter { try FileStamp(of: file) }
      }
    }
  }
}
