package import Model

/// A verified file that a bundle was made from: a wheel, an sdist, a runtime archive.
package struct ArtifactRecord: Hashable, Sendable, Codable {
  package let digest: Digest
  package let fileName: String
  /// Where the lock says it comes from, without user names and passwords; nil for a file of the workspace.
  package let url: String?
  /// In bytes.
  package let size: Int64

  package init(digest: Digest, fileName: String, url: String?, size: Int64) {
    self.digest = digest
    self.fileName = fileName
    self.url = url
    self.size = size
  }
}
