package import Model

/// What a bundle consists of: its layers in order, and where the bytes of each lie in the file.
///
/// Stored as JSON in the skippable frame at the bundle's end; docs/formats.md has its schema.
package struct TableOfContents: Sendable, Hashable, Codable {
  package struct Layer: Sendable, Hashable, Codable {
    package let name: String
    package let kind: String
    package let digest: Digest
    /// Of the layer's first byte in the bundle.
    package let offset: Int64
    package let size: Int64
    package let unpackedSize: Int64
    package let fileCount: Int
  }

  package static let currentVersion = 1

  package let schemaVersion: Int
  package let layers: [Layer]
  /// What the maker says about the bundle; it is not interpreted here.
  package let metadata: [String: String]

  init(_ layers: [BundleLayer], metadata: [String: String]) {
    schemaVersion = Self.currentVersion
    self.metadata = metadata
    var offset: Int64 = 0
    self.layers = layers.map { item in
      defer { offset += item.layer.size }
      return Layer(
        name: item.name, kind: item.kind, digest: item.layer.digest, offset: offset, size: item.layer.size,
        unpackedSize: item.layer.unpackedSize, fileCount: item.layer.fileCount)
    }
  }

  /// Where the last layer ends and the end-of-archive frame begins.
  package var endOfLayers: Int64 { layers.last.map { $0.offset + $0.size } ?? 0 }

  /// What is wrong with a table that was read, or nil; after that its numbers can be relied on.
  func flaw(fileSize: Int64) -> String? {
    guard schemaVersion == Self.currentVersion else {
      return "its table has the unknown version \(schemaVersion)"
    }
    var offset: Int64 = 0
    for layer in layers {
      guard layer.offset == offset, layer.size > 0, layer.unpackedSize >= 0, layer.fileCount >= 0,
        layer.size <= fileSize - offset
      else { return "layer '\(layer.name)' in its table does not lie where the file has room for it" }
      offset += layer.size
    }
    return nil
  }
}
