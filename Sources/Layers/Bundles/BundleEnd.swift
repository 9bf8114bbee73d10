import Artifacts
import FoundationEssentials
import Model
import SystemPackage

/// What stands behind a bundle's layers: the frame that ends the tar archive, and the table of contents.
enum BundleEnd {
  /// `offset` 8, `length` 8, SHA-256 of the JSON 32, magic 8.
  static let footerSize = 56
  static let footerMagic = Array("PPPBNDL1".utf8)
  /// What a table of contents may take, in bytes; ten thousand layers need a fifth of it.
  static let limit = 16 << 20

  static func encode(_ table: TableOfContents) throws -> [UInt8] {
    var bytes = try ZstdBlock.endOfArchive()
    let offset = table.endOfLayers + Int64(bytes.count)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = [UInt8](try encoder.encode(table))
    var payload = json
    payload.append(littleEndian: UInt64(offset))
    payload.append(littleEndian: UInt64(json.count))
    payload += Digest.sha256(of: json).bytes
    payload += footerMagic
    bytes += SkippableFrame.encode(payload, magic: SkippableFrame.bundleMagic)
    return bytes
  }

  /// Reads the table of contents at the end of a file of this size.
  static func decode(_ file: FileDescriptor, size: Int64, path: FilePath) throws -> TableOfContents {
    func flaw(_ reason: String) -> LayersError { .malformedBundle(path, reason: reason) }
    let overhead = Int64(footerSize + SkippableFrame.headerSize)
    guard size >= overhead else { throw flaw("it is too short to have a table of contents") }
    let footer = try file.bytes(at: size - Int64(footerSize), count: footerSize)
    guard footer.count == footerSize, Array(footer[48...]) == footerMagic else {
      throw flaw("it does not end with a table of contents")
    }
    let offset = footer.integer(UInt64.self, at: 0)
    let length = footer.integer(UInt64.self, at: 8)
    guard length <= UInt64(limit), offset <= UInt64(size), offset + length + UInt64(overhead) == UInt64(size)
    else {
      throw flaw("its footer names a place that is not in the file")
    }
    let frame = try file.bytes(at: Int64(offset), count: Int(length) + Int(overhead))
    guard SkippableFrame.isWhole(frame, magic: SkippableFrame.bundleMagic) else {
      throw flaw("its table of contents is damaged")
    }
    let json = Array(frame[SkippableFrame.headerSize..<SkippableFrame.headerSize + Int(length)])
    guard Digest.sha256(of: json).bytes == Array(footer[16..<48]) else {
      throw flaw("its table of contents is damaged")
    }
    let table: TableOfContents
    do {
      table = try JSONDecoder().decode(TableOfContents.self, from: Data(json))
    } catch {
      throw flaw("its table of contents can't be read")
    }
    if let reason = table.flaw(fileSize: Int64(offset)) { throw flaw(reason) }
    guard table.endOfLayers < Int64(offset) else { throw flaw("it has no end-of-archive frame") }
    return table
  }
}

extension ZstdBlock {
  /// Two zero blocks: the end of a tar archive.
  static func endOfArchive() throws(LayersError) -> [UInt8] {
    try compress([UInt8](repeating: 0, count: 2 * TarHeader.blockSize))
  }
}

extension Digest {
  var bytes: [UInt8] {
    let digits = Array(hex.utf8)
    func value(_ digit: UInt8) -> UInt8 { digit < 0x3a ? digit - 0x30 : digit - 0x61 + 10 }
    return (0..<32).map { value(digits[2 * $0]) << 4 | value(digits[2 * $0 + 1]) }
  }
}
