import Artifacts
import CArchive
import Model
import SystemPackage

/// A layer's files as a zip archive of their own, kept in the store beside the layer.
///
/// Deflating is what takes time in making a zip, so it is done once for each layer; a zip bundle is then put
/// together of the segments' bytes (`ZipDirectory`).
final class ZipSegment {
  private let archive: OpaquePointer
  private let entry: OpaquePointer
  private let path: FilePath

  init(to file: FileDescriptor, path: FilePath, level: Int) throws {
    self.path = path
    guard let archive = archive_write_new() else {
      throw FileError(verb: "write", path: path, cause: Errno.noMemory)
    }
    guard let entry = archive_entry_new() else {
      archive_write_free(archive)
      throw FileError(verb: "write", path: path, cause: Errno.noMemory)
    }
    self.archive = archive
    self.entry = entry
    // The converter for names takes the locale of the moment in which it is made.
    let locale = carchive_enter_utf8()
    defer { carchive_leave_utf8(locale) }
    archive_write_set_bytes_in_last_block(archive, 1)
    for code in [
      archive_write_set_format_zip(archive),
      archive_write_set_format_option(archive, "zip", "hdrcharset", "UTF-8"),
      archive_write_set_format_option(archive, "zip", "compression-level", "\(level)"),
      archive_write_open_fd(archive, file.rawValue),
    ] where code != ARCHIVE_OK { throw failure() }
  }

  deinit {
    archive_entry_free(entry)
    archive_write_free(archive)
  }

  func add(_ source: ArchiveEntry, from reader: ArchiveReader) throws {
    let locale = carchive_enter_utf8()
    defer { carchive_leave_utf8(locale) }
    archive_entry_clear(entry)
    archive_entry_set_pathname(entry, source.path)
    archive_entry_set_perm(entry, mode_t(source.mode))
    switch source.kind {
    case .file:
      archive_entry_set_filetype(entry, carchive_type_regular.rawValue)
      if let size = source.size { archive_entry_set_size(entry, size) }
    case .directory: archive_entry_set_filetype(entry, carchive_type_directory.rawValue)
    case .symlink(let target):
      archive_entry_set_filetype(entry, carchive_type_symlink.rawValue)
      archive_entry_set_symlink(entry, target)
    case .hardlink(let target):
      throw LayersError.unsafeLink(source.path, target: target, reason: "layers have no hard links")
    }
    guard archive_write_header(archive, entry) == ARCHIVE_OK else { throw failure() }
    guard source.kind == .file else { return }
    try reader.read { bytes in
      guard archive_write_data(archive, bytes.baseAddress, bytes.count) == bytes.count else {
        throw failure()
      }
    }
  }

  /// Writes the central directory; nothing can be added behind it.
  func close() throws {
    let locale = carchive_enter_utf8()
    defer { carchive_leave_utf8(locale) }
    guard archive_write_close(archive) == ARCHIVE_OK else { throw failure() }
  }

  private func failure() -> FileError {
    let code = archive_errno(archive)
    return FileError(verb: "write", path: path, cause: Errno(rawValue: code > 0 ? code : EIO))
  }
}

extension LayerStore {
  /// Raised whenever the same layer would give another zip segment.
  package static let zipFormatVersion = 1

  /// The zip segment of a layer, made now or before.
  func zipSegment(of layer: Layer, level: Int) async throws -> Layer {
    let key = LayerKey(
      kind: "zip", version: Self.zipFormatVersion,
      fields: [("layer", "\(layer.digest)"), ("level", "\(level)")])
    return try await makeFile(key) { draft, cancellation in
      try verify(layer, cancellation)
      let segment = try ZipSegment(to: draft.file, path: draft.path, level: level)
      let reader = try reader(of: layer)
      while let entry = try reader.next() {
        try cancellation.check()
        try segment.add(entry, from: reader)
      }
      try segment.close()
      let size = try draft.file.seek(offset: 0, from: .end)
      return Layer(
        digest: try draft.file.digest(cancellation), size: size, unpackedSize: layer.unpackedSize,
        fileCount: layer.fileCount)
    }
  }
}
