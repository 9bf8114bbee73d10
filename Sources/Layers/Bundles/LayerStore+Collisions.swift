import Model

extension LayerStore {
  /// Refuses layers that cannot be unpacked over each other without one changing what another put there.
  ///
  /// Names are compared as macOS and Windows do. It blocks for the time of reading the layers' tables.
  func checkCollisions(of layers: [BundleLayer], isCaseSensitive: Bool) throws {
    var claims = PathClaims(isCaseSensitive: isCaseSensitive)
    for (index, item) in layers.enumerated() {
      for entry in try entries(of: item.layer) {
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

extension LayerEntry {
  var claim: PathClaims.Kind {
    switch kind {
    case .file: .file
    case .symlink: .symlink
    case .directory: .directory
    }
  }
}
