import Model

extension LayerStore {
  /// Refuses layers that cannot be unpacked over each other without one changing what another put there.
  ///
  /// Names are compared as macOS and Windows do. It blocks for the time of reading the layers' tables.
  func checkCollisions(of layers: [BundleLayer], isCaseSensitive: Bool) throws {
    var claims = PathClaims(isCaseSensitive: isCaseSensitive)
    for (index, item) in layers.enumerated() {
      for entry in try entries(of: item) {
        do {
          try claims.claim(entry.path, as: entry.claim, owner: index)
        } catch {
          throw LayersError.collision(
            path: entry.path, layer: item.name, otherPath: error.path, otherLayer: layers[error.owner].name)
        }
      }
    }
  }
}

extension LayerStore {
  /// As `entries(of:)` for a layer, but a damaged one is named as people know it.
  func entries(of item: BundleLayer) throws -> [LayerEntry] {
    do {
      return try entries(of: item.layer)
    } catch LayersError.corruptLayer(let digests, _) {
      throw LayersError.corruptLayer(digests, names: [item.name])
    }
  }
}

extension LayerEntry {
  var claim: PathClaims.Kind {
    switch kind {
    case .file: .file
    case .symlink: .symlink
    case .directory: .directory
    }
  }
}
