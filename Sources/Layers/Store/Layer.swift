package import Model

/// An immutable piece of an environment in the store, named by the digest of its bytes.
package struct Layer: Sendable, Codable, Hashable {
  package let digest: Digest
  /// Of the layer as it is stored, in bytes.
  package let size: Int64
  /// Of its files' content, in bytes.
  package let unpackedSize: Int64
  /// Files and symbolic links; directories do not count.
  package let fileCount: Int

  package init(digest: Digest, size: Int64, unpackedSize: Int64, fileCount: Int) {
    self.digest = digest
    self.size = size
    self.unpackedSize = unpackedSize
    self.fileCount = fileCount
  }

  init(digest: Digest, size: Int64, entries: [LayerEntry]) {
    var unpackedSize: Int64 = 0
    var fileCount = 0
    for entry in entries {
      switch entry.kind {
      case .file(let size, _, _):
        unpackedSize += size
        fileCount += 1
      case .symlink: fileCount += 1
      case .directory: break
      }
    }
    self.init(digest: digest, size: size, unpackedSize: unpackedSize, fileCount: fileCount)
  }
}
