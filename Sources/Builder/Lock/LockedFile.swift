package import Artifacts
package import Model

/// A file that a lock names: what is fetched, and what it must be.
package struct LockedFile: Hashable, Sendable {
  /// The file's name, as the index has it.
  package var name: String
  /// Without user and password.
  package var url: String
  package var digest: Digest
  /// In bytes; nil where neither index nor server tells.
  package var size: Int64?
  /// When the index got it (RFC 3339), where it tells.
  package var uploadTime: String?

  package init(name: String, url: String, digest: Digest, size: Int64? = nil, uploadTime: String? = nil) {
    self.name = name
    self.url = url
    self.digest = digest
    self.size = size
    self.uploadTime = uploadTime
  }

  /// What a fetcher needs to get it.
  package var remoteFile: RemoteFile { RemoteFile(urls: [url], digest: digest, size: size) }
}
