package import Catalogue
package import Layers
import Model
package import SystemPackage

/// Where the bytes of bundles lie before they are published: the cache's layers and the workspace's `dist/`.
package struct BundleShelf: Sendable {
  /// Documents about a bundle that are published with it.
  package struct Documents: Sendable {
    package var sbom: [UInt8]?
    package var provenance: [UInt8]?

    package init(sbom: [UInt8]? = nil, provenance: [UInt8]? = nil) {
      self.sbom = sbom
      self.provenance = provenance
    }
  }

  private let workspace: FilePath
  private let layers: LayerStore
  private let documents: @Sendable (BundleRecord) throws -> Documents

  package init(
    workspace: FilePath, layers: LayerStore,
    documents: @escaping @Sendable (BundleRecord) throws -> Documents
  ) {
    self.workspace = workspace
    self.layers = layers
    self.documents = documents
  }

  /// A bundle's layers from the cache, or from the bundle's own file.
  ///
  /// Bytes are not checked here: who sends them does that.
  ///
  /// - Throws: `PublishError.lostBundle` or `.lostLayer`, when something is in neither place; `LayersError`.
  package func bundle(_ record: BundleRecord) async throws -> PublishableBundle {
    try await blocking { _ in try self.bundleNow(record) }
  }

  private func bundleNow(_ record: BundleRecord) throws -> PublishableBundle {
    let (layers, end) = try content(of: record)
    let documents = try documents(record)
    let sbom = documents.sbom.map { PublishableObject($0, name: "bill of materials of \(record.cell)") }
    let provenance = documents.provenance.map { PublishableObject($0, name: "provenance of \(record.cell)") }
    let manifest = PublishedManifest(
      bundle: record, end: end?.reference, sbom: sbom?.reference, provenance: provenance?.reference)
    return try PublishableBundle(
      manifest: manifest, objects: layers + [end, sbom, provenance].compactMap(\.self))
  }

  private func content(
    of record: BundleRecord
  ) throws -> (layers: [PublishableObject], end: PublishableObject?) {
    let file = workspace.pushing(FilePath(record.file))
    let isWhole = record.kind == .tarZstd && FileStatus(of: file)?.size == record.size
    let objects = try record.layers.map { layer in
      var places: [ObjectBytes] = []
      let cached = layers.path(of: layer.digest)
      if FileStatus(of: cached)?.size == layer.size { places.append(.file(cached, offset: 0)) }
      if isWhole { places.append(.file(file, offset: layer.offset)) }
      guard !places.isEmpty else { throw PublishError.lostLayer(layer.name, cell: record.cell) }
      let reference = ObjectReference(digest: layer.digest, size: layer.size)
      return PublishableObject(reference, name: layer.name, places: places)
    }
    return (objects, try record.kind == .tarZstd ? end(of: record, at: file) : nil)
  }

  /// What lies behind the layers in a bundle's file, once the file's own table says that the layers are these.
  private func end(of record: BundleRecord, at file: FilePath) throws -> PublishableObject {
    guard FileStatus(of: file)?.size == record.size else {
      throw PublishError.lostBundle(record.file, cell: record.cell)
    }
    let table = try BundleReader(file).table
    guard table.layers.map(\.digest) == record.layers.map(\.digest) else {
      throw PublishError.changedBytes(record.file)
    }
    let offset = table.endOfLayers
    let bytes: [UInt8]
    do {
      let descriptor = try FileDescriptor.open(file, .readOnly, options: .closeOnExec)
      bytes = try descriptor.closeAfter {
        var bytes: [UInt8] = []
        try descriptor.pieces(from: offset, size: record.size - offset) { bytes += $0 }
        return bytes
      }
    } catch {
      throw FileError(verb: "read", path: file, cause: error)
    }
    return PublishableObject(bytes, name: "end of \(record.cell)")
  }
}
