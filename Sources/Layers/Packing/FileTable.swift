import CZstd
import FoundationEssentials
import Model
import SystemPackage

/// The list of a layer's files, as the skippable frame at the layer's end holds it.
///
/// docs/formats.md describes it byte for byte: JSON with the field names of zstd:chunked, compressed with zstd,
/// then a footer of fixed size by which a reader finds it from the layer's end.
struct FileTable {
  static let footerSize = 32
  private static let footerMagic = Array("PPPLAYER".utf8)
  private static let version = 1
  /// What a table may unpack to, in bytes; a million files need less.
  private static let limit = 512 << 20

  let entries: [LayerEntry]

  /// The frame that ends a layer; `dataSize` is how many bytes of the layer stand before it.
  func frame(behind dataSize: Int64) throws(LayersError) -> [UInt8] {
    try Self.frame(of: encoded, behind: dataSize)
  }

  static func frame(of json: [UInt8], behind dataSize: Int64) throws(LayersError) -> [UInt8] {
    var payload = try ZstdBlock.compress(json)
    let count = payload.count
    payload.append(littleEndian: UInt64(count))
    payload.append(littleEndian: UInt64(json.count))
    payload.append(littleEndian: UInt64(dataSize))
    payload += Self.footerMagic
    return SkippableFrame.encode(payload, magic: SkippableFrame.layerMagic)
  }

  /// Reads the table of the layer that takes these bytes of the file.
  ///
  /// - Returns: nil when they do not end in a table, or it does not describe this many bytes.
  static func read(from file: FileDescriptor, at offset: Int64, size: Int64) throws -> FileTable? {
    try frame(from: file, at: offset, size: size).flatMap { FileTable(frame: $0) }
  }

  /// The bytes that hold the table of the layer that takes these bytes of the file; nil as for `read`.
  static func frame(from file: FileDescriptor, at offset: Int64, size: Int64) throws -> [UInt8]? {
    guard size >= Int64(footerSize + SkippableFrame.headerSize) else { return nil }
    let footer = try file.bytes(at: offset + size - Int64(footerSize), count: footerSize)
    guard footer.count == footerSize, Array(footer[24...]) == footerMagic else { return nil }
    let packed = footer.integer(UInt64.self, at: 0)
    let dataSize = footer.integer(UInt64.self, at: 16)
    let overhead = UInt64(footerSize + SkippableFrame.headerSize)
    guard dataSize <= UInt64(size), packed <= UInt64(limit), dataSize + packed + overhead == UInt64(size)
    else { return nil }
    return try file.bytes(at: offset + Int64(dataSize), count: Int(packed + overhead))
  }

  init(entries: [LayerEntry]) { self.entries = entries }

  /// Reads the table that such a frame holds, wherever it comes from; nil when it is damaged.
  init?(frame: [UInt8]) {
    guard let json = Self.json(in: frame), let entries = Self.decode(json) else { return nil }
    self.entries = entries
  }

  /// The JSON that such a frame holds; nil when the frame is damaged.
  static func json(in frame: [UInt8]) -> [UInt8]? {
    let start = SkippableFrame.headerSize
    guard frame.count >= start + footerSize,
      SkippableFrame.isWhole(frame, magic: SkippableFrame.layerMagic),
      frame.suffix(8).elementsEqual(footerMagic)
    else { return nil }
    let end = frame.count - footerSize
    let unpacked = frame.integer(UInt64.self, at: end + 8)
    guard frame.integer(UInt64.self, at: end) == UInt64(end - start), unpacked <= UInt64(limit) else {
      return nil
    }
    return ZstdBlock.decompress(frame[start..<end], size: Int(unpacked))
  }

  private static func decode(_ json: [UInt8]) -> [LayerEntry]? {
    if let entries = json.withUnsafeBytes({ FileTableScanner.entries(in: $0, version: version) }) {
      return entries
    }
    // A table that can't be read has one cause, damage; the caller says which layer has it.
    guard let document = try? JSONDecoder().decode(Document.self, from: Data(json)),
      document.version == version
    else { return nil }
    let entries = document.entries.compactMap(\.entry)
    return entries.count == document.entries.count ? entries : nil
  }

  private var encoded: [UInt8] {
    var json = JSONText()
    json.raw("{\"version\":\(Self.version),\"entries\":[")
    for (index, entry) in entries.enumerated() {
      json.raw(index == 0 ? "{\"type\":" : ",{\"type\":")
      switch entry.kind {
      case .file(let size, let digest, let isExecutable):
        json.raw("\"reg\",\"name\":")
        json.string(entry.path)
        json.raw(",\"size\":\(size),\"digest\":\"\(digest)\",\"mode\":\(isExecutable ? 0o755 : 0o644)}")
      case .symlink(let target):
        json.raw("\"symlink\",\"name\":")
        json.string(entry.path)
        json.raw(",\"linkName\":")
        json.string(target)
        json.raw(",\"mode\":\(0o777)}")
      case .directory:
        json.raw("\"dir\",\"name\":")
        json.string(entry.path)
        json.raw(",\"mode\":\(0o755)}")
      }
    }
    json.raw("]}")
    return json.bytes
  }

  private struct Document: Decodable {
    let version: Int
    let entries: [Entry]
  }

  private struct Entry: Decodable {
    let type: String
    let name: String
    let size: Int64?
    let digest: String?
    let mode: Int
    let linkName: String?

    /// The entry, if it is one that a layer may have; a table could have been made by anybody.
    var entry: LayerEntry? {
      do {
        try LayerPath.check(name)
        switch type {
        case "reg":
          guard let size, size >= 0, let digest else { return nil }
          return LayerEntry(
            path: name,
            kind: .file(size: size, digest: try Digest(parsing: digest), isExecutable: mode & 0o100 != 0))
        case "symlink":
          guard let linkName else { return nil }
          try LayerPath.check(target: linkName, of: name)
          return LayerEntry(path: name, kind: .symlink(target: linkName))
        case "dir": return LayerEntry(path: name, kind: .directory)
        default: return nil
        }
      } catch {
        return nil
      }
    }
  }
}
