package import Artifacts
import CArchive
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Reads an archive entry by entry: zip, tar (plain, gzip, bzip2, xz, zstd), and the data of a `.deb`.
///
/// Every call blocks its thread, so callers run it in `blocking`. A reader is used by one thread at a time.
/// Zip archives are read by their central directory, as installers do; bytes that it does not list are ignored.
package final class ArchiveReader {
  let path: FilePath
  private let archive: OpaquePointer
  private let file: FileDescriptor?
  private let limits: ArchiveLimits
  private var current: String?
  private var entryCount: Int64 = 0
  private var byteCount: Int64 = 0

  /// - Throws: `LayersError.unreadableArchive` when the file is none of the known formats.
  package convenience init(_ artifact: StoredArtifact, limits: ArchiveLimits = .standard) throws {
    try self.init(verifiedFileAt: artifact.path, limits: limits)
  }

  /// For files whose bytes this target itself has verified, or that a person asked to unpack.
  init(verifiedFileAt path: FilePath, limits: ArchiveLimits) throws {
    self.path = path
    self.limits = limits
    guard let archive = archive_read_new() else {
      throw LayersError.unreadableArchive(path, entry: nil, code: -1, reason: "out of memory")
    }
    self.archive = archive
    let member = try DebianPackage.dataMember(of: path)
    file = try member.map { _ in try FileDescriptor.open(path, .readOnly, options: .closeOnExec) }
    archive_read_support_filter_gzip(archive)
    archive_read_support_filter_bzip2(archive)
    archive_read_support_filter_xz(archive)
    archive_read_support_filter_zstd(archive)
    archive_read_support_format_tar(archive)
    archive_read_support_format_zip_seekable(archive)
    let code =
      if let file, let member {
        carchive_open_range(archive, file.rawValue, member.offset, member.size)
      } else {
        archive_read_open_filename(archive, path.string, 1 << 17)
      }
    guard code == ARCHIVE_OK else { throw failure(code) }
  }

  deinit {
    archive_read_free(archive)
    // Nothing was written through it, so there is nothing a failure to close could lose.
    try? file?.close()
  }

  /// The next entry, or nil behind the last one.
  ///
  /// - Throws: `LayersError` for damage, for a name that is not UTF-8, and once a limit is passed.
  package func next() throws -> ArchiveEntry? {
    let locale = carchive_enter_utf8()
    defer { carchive_leave_utf8(locale) }
    var entry: OpaquePointer?
    current = nil
    let code = archive_read_next_header(archive, &entry)
    if code == ARCHIVE_EOF { return nil }
    guard code == ARCHIVE_OK || code == ARCHIVE_WARN, let entry else { throw failure(code) }
    entryCount += 1
    if entryCount > limits.entries {
      throw LayersError.exceedsLimit(path, what: "entries", limit: limits.entries)
    }
    let name = try text(archive_entry_pathname(entry), called: "name")
    current = name
    return ArchiveEntry(
      path: name, kind: try kind(of: entry, name: name),
      mode: UInt16(truncatingIfNeeded: archive_entry_perm(entry) & 0o777),
      size: archive_entry_size_is_set(entry) != 0 ? archive_entry_size(entry) : nil)
  }

  /// Passes on the current entry's content in pieces; each is valid only during the call.
  package func read(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let locale = carchive_enter_utf8()
    defer { carchive_leave_utf8(locale) }
    var position: Int64 = 0
    while true {
      var bytes: UnsafeRawPointer?
      var count = 0
      var offset: Int64 = 0
      let code = archive_read_data_block(archive, &bytes, &count, &offset)
      if code == ARCHIVE_EOF { return }
      guard code == ARCHIVE_OK, offset >= position else { throw failure(code) }
      byteCount += offset - position + Int64(count)
      if byteCount > limits.bytes {
        throw LayersError.exceedsLimit(path, what: "bytes", limit: limits.bytes)
      }
      try fill(offset - position, body)
      try body(UnsafeRawBufferPointer(start: bytes, count: count))
      position = offset + Int64(count)
    }
  }

  /// The current entry's content, refused when it is longer than `limit` bytes.
  package func readAll(limit: Int = 16 << 20) throws -> [UInt8] {
    var all: [UInt8] = []
    try read { bytes in
      guard all.count + bytes.count <= limit else {
        throw LayersError.exceedsLimit(path, what: "bytes in '\(current ?? "")'", limit: Int64(limit))
      }
      all.append(contentsOf: bytes)
    }
    return all
  }

  /// The zeros of a hole in a sparse file.
  private func fill(_ count: Int64, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    guard count > 0 else { return }
    let zeros = [UInt8](repeating: 0, count: Int(min(count, 1 << 16)))
    var left = Int(count)
    while left > 0 {
      let piece = min(left, zeros.count)
      try zeros.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<piece])) }
      left -= piece
    }
  }

  private func kind(of entry: OpaquePointer, name: String) throws -> ArchiveEntry.Kind {
    if let target = archive_entry_hardlink(entry) {
      return .hardlink(target: try text(target, called: "link target"))
    }
    switch UInt32(archive_entry_filetype(entry)) & carchive_type_mask.rawValue {
    case carchive_type_regular.rawValue: return .file
    case carchive_type_directory.rawValue: return .directory
    case carchive_type_symlink.rawValue:
      return .symlink(target: try text(archive_entry_symlink(entry), called: "link target"))
    default: throw LayersError.unsupportedEntry(path, entry: name)
    }
  }

  private func text(_ bytes: UnsafePointer<CChar>?, called what: String) throws -> String {
    if let bytes, let text = String(validatingCString: bytes) { return text }
    let shown = bytes.map {
      String(decoding: UnsafeRawBufferPointer(start: $0, count: strlen($0)), as: UTF8.self)
    }
    throw LayersError.unreadableArchive(
      path, entry: shown ?? current, code: Int(ARCHIVE_WARN), reason: "the \(what) is not UTF-8")
  }

  private func failure(_ code: Int32) -> LayersError {
    let message = archive_error_string(archive).map { String(cString: $0) }
    return .unreadableArchive(
      path, entry: current, code: Int(code), reason: message ?? "libarchive error \(code)")
  }
}
