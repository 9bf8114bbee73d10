import CArchive
import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Writes entries below one directory through libarchive, which refuses to pass through symbolic links.
final class ArchiveDisk {
  private let root: FilePath
  private let archive: OpaquePointer
  private let entry: OpaquePointer

  /// The directory must exist; the way to it may lead through links, what lies below it may not.
  init(_ directory: FilePath) throws {
    guard let resolved = realpath(directory.string, nil) else {
      throw FileError(verb: "open", path: directory, cause: Errno(rawValue: errno))
    }
    root = FilePath(String(cString: resolved))
    free(resolved)
    guard let archive = archive_write_disk_new() else {
      throw FileError(verb: "write", path: directory, cause: Errno.noMemory)
    }
    guard let entry = archive_entry_new() else {
      archive_write_free(archive)
      throw FileError(verb: "write", path: directory, cause: Errno.noMemory)
    }
    self.archive = archive
    self.entry = entry
    let flags = ARCHIVE_EXTRACT_PERM | ARCHIVE_EXTRACT_SECURE_NODOTDOT | ARCHIVE_EXTRACT_SECURE_SYMLINKS
    archive_write_disk_set_options(archive, flags)
  }

  deinit {
    archive_entry_free(entry)
    archive_write_free(archive)
  }

  func writeFile(
    _ path: String, isExecutable: Bool, content: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    try begin(path, type: carchive_type_regular, mode: isExecutable ? 0o755 : 0o644)
    try content { bytes in
      guard archive_write_data(archive, bytes.baseAddress, bytes.count) == bytes.count else {
        throw failure(path)
      }
    }
    try finish(path)
  }

  func makeDirectory(_ path: String) throws {
    try begin(path, type: carchive_type_directory, mode: 0o755)
    try finish(path)
  }

  func makeSymlink(_ path: String, target: String) throws {
    try begin(path, type: carchive_type_symlink, mode: 0o777, symlink: target)
    try finish(path)
  }

  /// Another name for a file that was written before; `source` is relative to the root like `path`.
  func makeHardlink(_ path: String, to source: String) throws {
    try begin(path, type: carchive_type_regular, mode: 0o644, hardlink: root.string + "/" + source)
    try finish(path)
  }

  /// Sets what could only be set at the end: the modes of directories.
  func close() throws {
    guard archive_write_close(archive) == ARCHIVE_OK else { throw failure("") }
  }

  private func begin(
    _ path: String, type: carchive_file_type, mode: mode_t, symlink: String? = nil, hardlink: String? = nil
  ) throws {
    let locale = carchive_enter_utf8()
    defer { carchive_leave_utf8(locale) }
    archive_entry_clear(entry)
    archive_entry_set_pathname(entry, root.string + "/" + path)
    archive_entry_set_filetype(entry, type.rawValue)
    archive_entry_set_perm(entry, mode)
    if let symlink { archive_entry_set_symlink(entry, symlink) }
    if let hardlink { archive_entry_set_hardlink(entry, hardlink) }
    guard archive_write_header(archive, entry) == ARCHIVE_OK else { throw failure(path) }
  }

  private func finish(_ path: String) throws {
    guard archive_write_finish_entry(archive) == ARCHIVE_OK else { throw failure(path) }
  }

  private func failure(_ path: String) -> FileError {
    let reason = archive_error_string(archive).map { String(cString: $0) } ?? "unknown error"
    let code = archive_errno(archive)
    return FileError(
      verb: "unpack", path: root.appending(path),
      cause: code > 0 ? Errno(rawValue: code) : Reason(text: reason))
  }

  private struct Reason: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
  }
}
