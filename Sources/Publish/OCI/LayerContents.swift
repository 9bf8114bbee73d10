import Artifacts
package import Catalogue
package import Layers
package import Model
package import SystemPackage

/// The digests of what layers are unpacked, by which images of containers name them.
///
/// Unpacking a layer for it takes a while, so what was found is noted in the cache.
package struct LayerContents: Sendable {
  private let notes: FilePath
  private let layers: LayerStore
  private let workspace: FilePath

  /// `cache` is the cache's directory.
  package init(cache: FilePath, layers: LayerStore, workspace: FilePath) {
    notes = cache.appending("contents")
    self.layers = layers
    self.workspace = workspace
  }

  /// The digest of a layer's content; the layer is read from the cache, or from the bundle's own file.
  ///
  /// - Throws: `PublishError.lostLayer` when it is in neither place, `.changedBytes` when it is another by now.
  package func digest(of layer: LayerRecord, in bundle: BundleRecord) async throws -> Digest {
    let note = notes.appending(layer.digest.hex)
    // A note that isn't there, or is damaged, is made again.
    if let text = try? readFile(note),
      let digest = try? Digest(parsing: String(decoding: text, as: UTF8.self))
    {
      return digest
    }
    return try await blocking { cancellation in
      let digest = try compute(layer, in: bundle, cancellation)
      try makeDirectory(notes)
      try writeAtomically(Array(digest.description.utf8), to: note)
      return digest
    }
  }

  private func compute(
    _ layer: LayerRecord, in bundle: BundleRecord, _ cancellation: Cancellation
  ) throws -> Digest {
    let cached = layers.path(of: layer.digest)
    var places: [(FilePath, Int64)] = []
    if FileStatus(of: cached)?.size == layer.size { places.append((cached, 0)) }
    let file = workspace.pushing(FilePath(bundle.file))
    if bundle.kind == .tarZstd, FileStatus(of: file)?.size == bundle.size {
      places.append((file, layer.offset))
    }
    for (path, offset) in places {
      let found = try contentDigest(
        ofLayerIn: path, offset: offset, size: layer.size, cancellation: cancellation)
      if found.layer == layer.digest { return found.content }
    }
    throw places.isEmpty
      ? PublishError.lostLayer(layer.name, cell: bundle.cell) : PublishError.changedBytes(layer.name)
  }
}
