package import Model

/// A layer at its place in a bundle.
package struct LayerRecord: Hashable, Sendable, Codable {
  /// What people call it: `wheel numpy 2.2.6`, `runtime`.
  package let name: String
  /// What it was made of, as in `wheel`, `runtime` and `files`.
  package let kind: String
  /// Of the layer's bytes in the bundle.
  package let digest: Digest
  /// Of those bytes.
  package let size: Int64
  /// The sum of the sizes of the files in it, in bytes.
  package let unpackedSize: Int64
  /// How many files and symbolic links are in it.
  package let fileCount: Int
  /// Where in the bundle it starts, in bytes from the start of the file.
  package let offset: Int64

  package init(
    name: String, kind: String, digest: Digest, size: Int64, unpackedSize: Int64, fileCount: Int,
    offset: Int64
  ) {
    self.name = name
    self.kind = kind
    self.digest = digest
    self.size = size
    self.unpackedSize = unpackedSize
    self.fileCount = fileCount
    self.offset = offset
  }
}
