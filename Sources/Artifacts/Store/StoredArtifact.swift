package import Model
package import SystemPackage

/// A file in the store whose bytes were checked against its name.
///
/// Only this module makes one, after hashing: what asks for a `StoredArtifact` can't be given unverified bytes.
package struct StoredArtifact: Sendable, Hashable {
  package let digest: Digest
  package let path: FilePath
  /// In bytes.
  package let size: Int64

  init(verified digest: Digest, path: FilePath, size: Int64) {
    self.digest = digest
    self.path = path
    self.size = size
  }
}
