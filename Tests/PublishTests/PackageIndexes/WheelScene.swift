import Artifacts
import Catalogue
import Model
import TestSupport

@testable import Publish

extension PublishScene {
  var wheelShelf: WheelShelf { WheelShelf(fetcher: fetcher) }

  /// A wheel in the store, as though it had been fetched or built.
  func wheel(
    _ name: String, _ version: String = "1.0", content: String = "x = 1\n", url: String? = nil,
    metadata: [String] = []
  ) async throws -> CatalogueWheel {
    var maker = WheelMaker(name: name, version: version, files: ["\(name)/__init__.py": content])
    maker.metadata = metadata
    let artifact = try await fetcher.store.add(maker.bytes)
    let bundle = try record(
      [(name, version, artifact.digest)],
      [ArtifactRecord(digest: artifact.digest, fileName: maker.fileName, url: url, size: artifact.size)])
    return try CatalogueWheel.all(in: [bundle], builtNames: [:])[0]
  }

  func record(
    _ packages: [(String, String, Digest)], _ artifacts: [ArtifactRecord], _ runenv: String = "python-3.13.5"
  ) throws -> BundleRecord {
    let digest = Digest.sha256(of: "x")
    return BundleRecord(
      cell: CellID(runenv: runenv, platform: .linuxX64), python: try PythonVersion(parsing: "3.13.5"),
      floor: nil, kind: .tarZstd, layout: .tree, file: "x", digest: digest, size: 1, unpackedSize: 1,
      fileCount: 1, recipeDigest: digest, lockDigest: digest, buildKey: digest,
      runtime: RuntimeRecord(provider: "external", version: "", bundled: false), layers: [],
      packages: try packages.map {
        PackageRecord(
          name: try PackageName(parsing: $0.0), version: $0.1, artifact: $0.2, requested: true, licence: nil)
      }, artifacts: artifacts)
  }
}
