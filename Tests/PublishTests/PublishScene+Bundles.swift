import Artifacts
import Catalogue
import Layers
import Model
import Publish
import SystemPackage

extension PublishScene {
  var workspace: FilePath { directory.appending("workspace") }

  var layers: LayerStore { LayerStore(cache: directory.appending("cache")) }

  var shelf: BundleShelf {
    BundleShelf(workspace: workspace, layers: layers) { _ in .init(sbom: nil, provenance: nil) }
  }

  /// A bundle in the workspace's `dist/`, with a layer for each text; equal texts are equal layers.
  func bundle(
    _ runenv: String = "python-3.13.5", on platform: Platform = .linuxX64, of texts: [String],
    verification: VerificationRecord? = nil, python: String = "3.13.5", isPythonBundled: Bool = false
  ) async throws -> BundleRecord {
    let layers = try await texts.map { $0 }.concurrentMap(width: 1) { [store = layers] text in
      let key = LayerKey(kind: "test", version: 1, fields: [("text", text)])
      let layer = try await store.make(key, level: 3) { writer, _ in
        try writer.addFile("\(text.prefix(20)).txt", bytes: Array(text.utf8))
      }
      return BundleLayer(name: "wheel \(text.prefix(20))", kind: "wheel", layer: layer)
    }
    let cell = CellID(runenv: runenv, platform: platform)
    let file = "dist/\(runenv)/\(runenv)-\(platform).tar.zst"
    let bundle = try await writeBundle(
      layers, metadata: ["cell": "\(cell)"], store: self.layers, to: workspace.pushing(FilePath(file)))
    var offset: Int64 = 0
    let records = layers.map { item in
      defer { offset += item.layer.size }
      return LayerRecord(
        name: item.name, kind: item.kind, digest: item.layer.digest, size: item.layer.size,
        unpackedSize: item.layer.unpackedSize, fileCount: item.layer.fileCount, offset: offset)
    }
    return BundleRecord(
      cell: cell, python: try PythonVersion(parsing: python), floor: nil, kind: .tarZstd, layout: .tree,
      file: file, digest: bundle.digest, size: bundle.size,
      unpackedSize: records.reduce(0) { $0 + $1.unpackedSize },
      fileCount: records.count, recipeDigest: .sha256(of: "recipe"), lockDigest: .sha256(of: "lock"),
      buildKey: .sha256(of: "key"),
      runtime: RuntimeRecord(provider: "external", version: "", bundled: isPythonBundled),
      layers: records, packages: [], artifacts: [], verification: verification)
  }

  func publisher(
    to store: any ObjectStore, _ wishes: PublishWishes = PublishWishes(name: "test"),
    signer: IndexSigner? = nil, now: Int64 = 2_000_000_000
  ) -> Publisher {
    Publisher(
      to: store, wishes: wishes, signer: signer, shelf: shelf,
      page: PublishedPage(cache: directory.appending("cache")), now: now)
  }
}

extension ObjectStore {
  /// Whether everything that the index needs is there, byte for byte.
  func isWhole() async throws -> Bool {
    guard let reading = try await index() else { return false }
    for entry in reading.index.entries {
      for object in try await manifest(of: entry).objects { _ = try await bytes(of: object) }
    }
    return true
  }
}
