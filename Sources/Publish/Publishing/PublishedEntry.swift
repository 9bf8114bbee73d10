package import Catalogue
package import Model

/// What a published catalogue says of one version of a cell's bundle.
package struct PublishedEntry: Hashable, Sendable, Codable {
  package enum State: String, Sendable, Codable {
    case passed
    case failed
    case unchecked
  }

  package struct Module: Hashable, Sendable, Codable {
    package let name: ModuleName
    package let version: String

    package init(name: ModuleName, version: String) {
      self.name = name
      self.version = version
    }
  }

  package let runenv: String
  package let platform: Platform
  package let python: PythonVersion
  package let version: PublishedVersion
  /// Of the bundle's file.
  package let digest: Digest
  /// Where the rest is said: a `PublishedManifest`.
  package let manifest: ObjectReference
  /// Of the bundle's file, in bytes.
  package let size: Int64
  package let unpackedSize: Int64
  /// How many packages are in it.
  package let packages: Int
  /// Whether the bundle has passed its checks.
  package let state: State
  package let modules: [Module]
  /// Seconds since 1970; nil where nobody said when.
  package let publishedAt: Int64?

  package var cell: CellID { CellID(runenv: runenv, platform: platform) }

  package init(
    _ bundle: BundleRecord, version: PublishedVersion, manifest: ObjectReference, publishedAt: Int64? = nil
  ) {
    runenv = bundle.runenv
    platform = bundle.platform
    python = bundle.python
    self.version = version
    digest = bundle.digest
    self.manifest = manifest
    size = bundle.size
    unpackedSize = bundle.unpackedSize
    packages = bundle.packages.count
    state =
      switch bundle.verification?.state {
      case .passed: .passed
      case .failed: .failed
      case nil: .unchecked
      }
    modules = (bundle.modules ?? []).map { Module(name: $0.name, version: $0.version) }
    self.publishedAt = publishedAt
  }
}

extension PublishedEntry: Comparable {
  /// By cell, then by version.
  package static func < (left: PublishedEntry, right: PublishedEntry) -> Bool {
    left.cell == right.cell ? left.version < right.version : left.cell < right.cell
  }
}
