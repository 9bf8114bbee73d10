import Model

extension LayerStore {
  /// Reads a layer's files like any archive's.
  ///
  /// What it yields is checked by each frame's checksum only.
  ///
  /// - Throws: `LayersError.unreadableArchive` when the layer is not in the store, or damaged.
  package func reader(of layer: Layer) throws -> ArchiveReader {
    try ArchiveReader(verifiedFileAt: path(of: layer.digest), limits: .standard)
  }
}
