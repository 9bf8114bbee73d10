import Model
import SystemPackage

/// Where the entries of a layer lie in its tar segment, which follows from the layer's table alone (docs/formats.md).
struct SegmentLayout: Sendable {
  private let entries: [LayerEntry]
  /// Where the headers begin, in bytes of the segment; last, where the segment ends.
  private let starts: [Int64]

  /// - Throws: `LayersError.exceedsLimit` for tables that promise more than any layer has.
  init(_ table: LayerTable, of layer: LayerFile, limits: ArchiveLimits = .standard) throws(LayersError) {
    entries = table.entries
    guard entries.count <= limits.entries else {
      throw .exceedsLimit(layer.path, what: "entries", limit: limits.entries)
    }
    var starts: [Int64] = []
    starts.reserveCapacity(entries.count + 1)
    var place: Int64 = 0
    for entry in entries {
      starts.append(place)
      guard entry.contentSize <= limits.bytes, place <= limits.bytes else {
        throw .exceedsLimit(layer.path, what: "bytes", limit: limits.bytes)
      }
      place += entry.tarSize
    }
    starts.append(place)
    self.starts = starts
  }

  var size: Int64 { starts[entries.count] }

  /// Where the entry's header lies.
  func header(of number: Int) -> Range<Int64> {
    starts[number]..<starts[number] + entries[number].headerSize
  }

  /// Where what follows the header lies, which is the content of a file.
  func content(of number: Int) -> Range<Int64> {
    let start = header(of: number).upperBound
    return start..<start + entries[number].contentSize
  }

  /// The entries of which a part lies in a part of the segment.
  func entries(in part: Range<Int64>) -> Range<Int> {
    let first = firstStart(behind: part.lowerBound) - 1
    let end = firstStart(behind: part.upperBound - 1)
    return max(first, 0)..<max(min(end, entries.count), first, 0)
  }

  /// The number of the first start that is greater.
  private func firstStart(behind place: Int64) -> Int {
    var range = starts.indices
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      range = starts[middle] > place ? range.lowerBound..<middle : middle + 1..<range.upperBound
    }
    return range.lowerBound
  }

  /// Whether these bytes are the entry's header, at whatever time it was written.
  func isHeader(_ bytes: UnsafeRawBufferPointer, of number: Int) -> Bool {
    guard let time = TarHeader.modificationTime(in: bytes) else { return false }
    return TarHeader(entries[number], modificationTime: time).bytes.elementsEqual(bytes)
  }
}
