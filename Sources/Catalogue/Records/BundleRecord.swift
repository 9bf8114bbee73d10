package import Model

/// One bundle, with everything that the catalogue knows of it but the files in its layers.
///
/// Its JSON is an element of `bundles` in `catalogue.json`: docs/catalogue.md has every field.
package struct BundleRecord: Hashable, Sendable, Codable {
  /// The file format of the bundle.
  package enum Kind: String, Sendable, Codable, ColumnValue {
    case tarZstd = "tar.zst"
    case zip
  }

  /// What the bundle holds: an installed tree, or the wheels to make one from.
  package enum Layout: String, Sendable, Codable, ColumnValue {
    case tree
    case wheelhouse
  }

  package var cell: CellID { CellID(runenv: runenv, platform: platform) }
  package let runenv: String
  package let platform: Platform
  package let python: PythonVersion
  /// Nil where the platform has none.
  package let floor: PlatformFloor?
  package let kind: Kind
  package let layout: Layout
  /// The bundle's path relative to the workspace: `dist/python-3.13.5/python-3.13.5-linux-x64.tar.zst`.
  package let file: String
  /// Of the bundle's bytes.
  package let digest: Digest
  /// Of the bundle's file, in bytes.
  package let size: Int64
  /// The sum of the sizes of the files in it, in bytes.
  package let unpackedSize: Int64
  /// How many files and symbolic links are in it.
  package let fileCount: Int
  package let recipeDigest: Digest
  package let lockDigest: Digest
  /// Of everything that decides the bundle's bytes: equal keys, equal bundles.
  package let buildKey: Digest
  /// Seconds since 1970, UTC, from `SOURCE_DATE_EPOCH`; nil without it.
  package let createdAt: Int64?
  /// The version of the ppp that made it; nil in what an older one recorded.
  package let toolVersion: String?
  package let runtime: RuntimeRecord
  /// In the order in which they lie in the bundle.
  package let layers: [LayerRecord]
  /// Sorted by name.
  package let packages: [PackageRecord]
  /// The workspace's own modules among the packages, sorted by name; nil where there are none.
  package let modules: [ModuleRecord]?
  /// Sorted by digest.
  package let artifacts: [ArtifactRecord]
  /// Sorted by package.
  package let omissions: [OmissionRecord]
  /// Nil until the bundle has been verified.
  package var verification: VerificationRecord?

  package init(
    cell: CellID, python: PythonVersion, floor: PlatformFloor?, kind: Kind, layout: Layout, file: String,
    digest: Digest, size: Int64, unpackedSize: Int64, fileCount: Int, recipeDigest: Digest,
    lockDigest: Digest, buildKey: Digest, createdAt: Int64? = nil, toolVersion: String? = nil,
    runtime: RuntimeRecord,
    layers: [LayerRecord], packages: [PackageRecord], modules: [ModuleRecord] = [],
    artifacts: [ArtifactRecord],
    omissions: [OmissionRecord] = [], verification: VerificationRecord? = nil
  ) {
    runenv = cell.runenv
    platform = cell.platform
    self.python = python
    self.floor = floor
    self.kind = kind
    self.layout = layout
    self.file = file
    self.digest = digest
    self.size = size
    self.unpackedSize = unpackedSize
    self.fileCount = fileCount
    self.recipeDigest = recipeDigest
    self.lockDigest = lockDigest
    self.buildKey = buildKey
    self.createdAt = createdAt
    self.toolVersion = toolVersion
    self.runtime = runtime
    self.layers = layers
    self.packages = packages.sorted { $0.name < $1.name }
    self.modules = modules.isEmpty ? nil : modules.sorted { $0.name < $1.name }
    self.artifacts = artifacts.sorted { ($0.digest, $0.fileName) < ($1.digest, $1.fileName) }
    self.omissions = omissions.sorted()
    self.verification = verification
  }
}
