import Artifacts
import FoundationEssentials
import Model
package import SystemPackage

/// A patch: `PPPPATCH`, the payload of its parts, the table as a zstd frame, and a footer of fixed size.
package struct PatchFile: Sendable {
  static let magic = Array("PPPPATCH".utf8)
  /// The frame's size 8, the JSON's size 8, SHA-256 of the JSON 32, magic 8.
  static let footerSize = 56
  /// What a table may take as JSON, in bytes.
  private static let limit = 256 << 20

  package let path: FilePath
  /// Of the file, in bytes.
  package let size: Int64
  package let table: PatchTable

  /// Reads what the patch says about itself; it blocks.
  ///
  /// - Throws: `LayersError.malformedPatch`, or `FileError` when the file can't be read.
  package init(_ path: FilePath) throws {
    self.path = path
    do {
      let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
      (size, table) = try file.closeAfter { try Self.read(file, path) }
    } catch let error as Errno {
      throw FileError(verb: "read", path: path, cause: error)
    }
  }

  private static func read(_ file: FileDescriptor, _ path: FilePath) throws -> (Int64, PatchTable) {
    func flaw(_ reason: String) -> LayersError { .malformedPatch(path, reason: reason) }
    let size = try file.seek(offset: 0, from: .end)
    let start = Int64(magic.count)
    guard size >= start + Int64(footerSize), try file.bytes(at: 0, count: magic.count) == magic else {
      throw flaw("it does not begin as one")
    }
    let footer = try file.bytes(at: size - Int64(footerSize), count: footerSize)
    guard footer.count == footerSize, Array(footer[48...]) == magic else { throw flaw("it is cut off") }
    let packed = footer.integer(UInt64.self, at: 0)
    let unpacked = footer.integer(UInt64.self, at: 8)
    guard packed <= UInt64(size - start - Int64(footerSize)), unpacked <= UInt64(limit) else {
      throw flaw("its footer names a place that is not in the file")
    }
    let place = size - Int64(footerSize) - Int64(packed)
    let frame = try file.bytes(at: place, count: Int(packed))
    guard let json = ZstdBlock.decompress(frame[...], size: Int(unpacked)),
      Digest.sha256(of: json).bytes == Array(footer[16..<48])
    else { throw flaw("its table is damaged") }
    let table: PatchTable
    do {
      table = try JSONDecoder().decode(PatchTable.self, from: Data(json))
    } catch {
      throw flaw("its table can't be read")
    }
    if let reason = table.flaw(payload: place - start) { throw flaw(reason) }
    return (size, table)
  }

  /// What stands behind the payload.
  static func end(_ table: PatchTable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = [UInt8](try encoder.encode(table))
    var bytes = try ZstdBlock.compress(json, level: 19)
    let packed = bytes.count
    bytes.append(littleEndian: UInt64(packed))
    bytes.append(littleEndian: UInt64(json.count))
    return bytes + Digest.sha256(of: json).bytes + magic
  }
}
