package import Model

/// What a list needs of a bundle: one row, read without its layers and packages.
package struct BundleSummary: Hashable, Sendable, Codable {
  package var cell: CellID { CellID(runenv: runenv, platform: platform) }
  package let runenv: String
  package let platform: Platform
  /// Counts a cell's different bundles from 1; the highest is the current one.
  package let generation: Int
  package let python: PythonVersion
  package let kind: BundleRecord.Kind
  package let layout: BundleRecord.Layout
  package let file: String
  package let digest: Digest
  package let size: Int64
  package let unpackedSize: Int64
  package let fileCount: Int
  package let recipeDigest: Digest
  package let lockDigest: Digest
  package let buildKey: Digest
  package let packageCount: Int
  package let omissionCount: Int
  /// Nil until the bundle has been verified.
  package let verification: VerificationRecord.State?
}
