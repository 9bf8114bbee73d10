package import Artifacts
package import Model

/// A file of a package, as an index lists it.
package struct IndexFile: Sendable, Hashable {
  package let fileName: String
  /// Absolute, without user info and fragment.
  package let url: String
  /// The SHA-256 that the index states; nil when it states none, or only others.
  package let digest: Digest?
  /// In bytes; only JSON pages tell it.
  package let size: Int64?
  /// The Python versions it is for, as a specifier: `>=3.9`.
  package let requiresPython: String?
  /// Whether it should only be taken by those who ask for exactly its version (PEP 592).
  package let yanked: Bool
  /// When it was uploaded (RFC 3339).
  package let uploadTime: String?
  /// Whether `<url>.metadata` has the package's metadata (PEP 658, PEP 714).
  package let hasMetadata: Bool

  /// The file to fetch.
  package var remoteFile: RemoteFile { RemoteFile(urls: [url], digest: digest, size: size, name: fileName) }
}
