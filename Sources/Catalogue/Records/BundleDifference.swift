package import Model

/// What sets bundle `new` apart from bundle `old`.
package struct BundleDifference: Hashable, Sendable, Codable {
  /// A package that is in one of the two only, or in both in different versions; never neither.
  package struct PackageChange: Hashable, Sendable, Codable {
    package let name: PackageName
    /// Nil when the package was added.
    package let old: String?
    /// Nil when the package was removed.
    package let new: String?
  }

  /// A path that is in one of the two only, or in both with different content, kind or link target.
  package struct FileChange: Hashable, Sendable, Codable {
    package let path: String
    /// Nil when the file was added.
    package let old: FileRecord?
    /// Nil when the file was removed.
    package let new: FileRecord?
  }

  /// Set where the interpreters differ.
  package struct RuntimeChange: Hashable, Sendable, Codable {
    package let old: RuntimeRecord
    package let new: RuntimeRecord
  }

  package let runtime: RuntimeChange?
  /// Sorted by name.
  package let packages: [PackageChange]
  /// Sorted by path.
  package let files: [FileChange]
  /// The layers that both have, as they lie in the new bundle.
  package let sharedLayers: [LayerRecord]
  /// The layers that only the old bundle has.
  package let removedLayers: [LayerRecord]
  /// The layers that only the new bundle has: what an update has to fetch.
  package let addedLayers: [LayerRecord]
  /// By how many bytes the new bundle's file is larger.
  package let sizeDelta: Int64
  /// By how many bytes the new bundle's files are larger.
  package let unpackedSizeDelta: Int64

  package var isEmpty: Bool {
    runtime == nil && packages.isEmpty && files.isEmpty && removedLayers.isEmpty && addedLayers.isEmpty
  }
}
