import Artifacts
import Catalogue
import Layers
import Model
import SystemPackage

@testable import Publish

/// Bundles whose layers are in a store, as `ppp build` leaves them.
struct ImageScene {
  let layers: LayerStore
  let base: PublishScene

  init(_ scene: PublishScene) {
    base = scene
    layers = LayerStore(cache: scene.directory.appending("cache"))
  }

  func layer(_ name: String, _ files: [(path: String, text: String, isExecutable: Bool)]) async throws
    -> BundleLayer
  {
    let text = files.map { "\($0.path) \($0.text)" }.joined(separator: "\n")
    let key = LayerKey(kind: "test", version: 1, fields: [("name", name), ("text", text)])
    let layer = try await layers.make(key, level: 3) { writer, _ in
      for file in files {
        let bytes = Array(file.text.utf8)
        try writer.addFile(file.path, size: Int64(bytes.count), executable: file.isExecutable) { write in
          try bytes.withUnsafeBytes { try write($0) }
        }
      }
    }
    return BundleLayer(name: name, kind: "wheel", layer: layer)
  }

  func bundle(
    _ runenv: String, _ platform: Platform, _ items: [BundleLayer], isBundled: Bool = true,
    python: String = "3.13.5"
  ) throws -> BundleRecord {
    var offset: Int64 = 0
    let records = items.map { item in
      defer { offset += item.layer.size }
      return LayerRecord(
        name: item.name, kind: item.kind, digest: item.layer.digest, size: item.layer.size,
        unpackedSize: item.layer.unpackedSize, fileCount: item.layer.fileCount, offset: offset)
    }
    let digest = Digest.sha256(of: "\(runenv) \(platform) \(items.map(\.layer.digest))")
    return BundleRecord(
      cell: CellID(runenv: runenv, platform: platform), python: try PythonVersion(parsing: python),
      floor: nil,
      kind: .tarZstd, layout: .tree, file: "dist/x", digest: digest, size: offset + 100, unpackedSize: 1,
      fileCount: 1, recipeDigest: digest, lockDigest: digest, buildKey: digest,
      runtime: RuntimeRecord(provider: "archive", version: "1", bundled: isBundled), layers: records,
      packages: [], artifacts: [])
  }

  /// Puts the objects of bundles into the registry, as publishing does before the images.
  func objects(
    _ records: [BundleRecord], version: Int = 1, in store: RegistryStore
  ) async throws -> [RegistryImages.Bundle] {
    var bundles: [RegistryImages.Bundle] = []
    for record in records {
      for layer in record.layers {
        _ = try await store.put(
          ObjectReference(digest: layer.digest, size: layer.size),
          from: .file(layers.path(of: layer.digest), offset: 0))
      }
      let end = Array("the end".utf8)
      let sbom = Array("{\"bomFormat\":\"CycloneDX\"}".utf8)
      for bytes in [end, sbom] { _ = try await store.put(ObjectReference(of: bytes), from: .bytes(bytes)) }
      let manifest = PublishedManifest(
        bundle: record, end: ObjectReference(of: end), sbom: ObjectReference(of: sbom))
      let bytes = try manifest.encoded()
      _ = try await store.put(ObjectReference(of: bytes), from: .bytes(bytes))
      let entry = PublishedEntry(
        record, version: PublishedVersion(version), manifest: ObjectReference(of: bytes))
      bundles.append(RegistryImages.Bundle(entry: entry, manifest: manifest))
    }
    return bundles
  }

  func images(
    _ registry: Registry, base: ImageBase? = nil, sign: RegistryImages.Signature? = nil
  ) -> RegistryImages {
    let layers = layers
    return RegistryImages(registry: registry, base: base, sign: sign) { record in
      try await blocking {
        try contentDigest(
          ofLayerIn: layers.path(of: record.digest), size: record.size, cancellation: $0)
      }
    }
  }
}
