package import Artifacts
import CArchive
import SystemPackage

/// A single file that was compressed with gzip, bzip2, xz or zstd, without an archive around it: `Packages.xz`.
package struct CompressedFile: Sendable {
  private let path: FilePath
  private let limits: ArchiveLimits

  package init(_ artifact: StoredArtifact, limits: ArchiveLimits = .standard) {
    path = artifact.path
    self.limits = limits
  }

  /// Passes on the content in pieces, each valid only during the call; it blocks.
  ///
  /// - Throws: `LayersError.unreadableArchive` for damage, `.exceedsLimit` once there are too many bytes.
  package func read(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    guard let archive = archive_read_new() else {
      throw LayersError.unreadableArchive(path, entry: nil, code: -1, reason: "out of memory")
    }
    defer { archive_read_free(archive) }
    archive_read_support_filter_gzip(archive)
    archive_read_support_filter_bzip2(archive)
    archive_read_support_filter_xz(archive)
    archive_read_support_filter_zstd(archive)
    archive_read_support_format_raw(archive)
    // The raw format does not take a file without content for one.
    archive_read_support_format_empty(archive)
    var entry: OpaquePointer?
    try check(archive_read_open_filename(archive, path.string, 1 << 17), archive)
    let header = archive_read_next_header(archive, &entry)
    if header == ARCHIVE_EOF { return }
    try check(header, archive)
    var total: Int64 = 0
    while true {
      var bytes: UnsafeRawPointer?
      var count = 0
      var offset: Int64 = 0
      let code = archive_read_data_block(archive, &bytes, &count, &offset)
      if code == ARCHIVE_EOF { return }
      try check(code, archive)
      total += Int64(count)
      if total > limits.bytes { throw LayersError.exceedsLimit(path, what: "bytes", limit: limits.bytes) }
      try body(UnsafeRawBufferPointer(start: bytes, count: count))
    }
  }

  private func check(_ code: Int32, _ archive: OpaquePointer) throws(LayersError) {
    guard code != ARCHIVE_OK, code != ARCHIVE_WARN else { return }
    let message = archive_error_string(archive).map { String(cString: $0) }
    throw .unreadableArchive(
      path, entry: nil, code: Int(code), reason: message ?? "it is empty, or not compressed in a known way")
  }
}
