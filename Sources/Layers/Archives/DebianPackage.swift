import Model
import SystemPackage

/// A Debian package: an ar archive whose member `data.tar.*` holds the files (deb(5)).
enum DebianPackage {
  struct Member {
    let offset: Int64
    let size: Int64
  }

  /// Where the data lie in the file, or nil when the file is no ar archive.
  ///
  /// - Throws: `LayersError.unreadableArchive` for an ar archive that is damaged or has no data member.
  static func dataMember(of path: FilePath) throws -> Member? {
    let file: FileDescriptor
    do {
      file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    } catch {
      throw FileError(verb: "read", path: path, cause: error)
    }
    return try file.closeAfter {
      guard try file.bytes(at: 0, count: 8) == Array("!<arch>\n".utf8) else { return nil }
      let end = try file.seek(offset: 0, from: .end)
      var offset: Int64 = 8
      while offset + 60 <= end {
        let header = String(decoding: try file.bytes(at: offset, count: 60), as: UTF8.self)
        guard header.utf8.count == 60, header.hasSuffix("`\n"),
          let size = Int64(header.dropFirst(48).prefix(10).split(separator: " ").first ?? ""),
          size >= 0, size <= end - offset - 60
        else { throw failure(path, "its ar header at byte \(offset) is damaged") }
        if header.hasPrefix("data.tar") { return Member(offset: offset + 60, size: size) }
        offset += 60 + size + size % 2
      }
      throw failure(path, "it has no member 'data.tar'")
    }
  }

  private static func failure(_ path: FilePath, _ reason: String) -> LayersError {
    .unreadableArchive(path, entry: nil, code: -1, reason: reason)
  }
}

extension FileDescriptor {
  /// Up to `count` bytes at a place in the file; fewer at its end.
  func bytes(at offset: Int64, count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
        let read = try read(fromAbsoluteOffset: offset + Int64(filled), into: rest)
        if read == 0 { break }
        filled += read
      }
    }
  }
}
