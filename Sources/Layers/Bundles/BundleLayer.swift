package import Model
package import SystemPackage

/// One layer of a bundle, with the name by which people know it.
package struct BundleLayer: Sendable, Hashable {
  /// What it holds: `wheel numpy 2.2.6`, `runtime`, `files`.
  package let name: String
  /// `wheel`, `runtime`, `files`, …; only layers of the kind `files` may overwrite others.
  package let kind: String
  package let layer: Layer

  package init(name: String, kind: String, layer: Layer) {
    self.name = name
    self.kind = kind
    self.layer = layer
  }

  package static let overwritingKind = "files"
}

/// A bundle that was written.
package struct BundleFile: Sendable, Hashable {
  package let path: FilePath
  package let digest: Digest
  package let size: Int64
}
