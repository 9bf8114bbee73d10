package import Model

/// A verified file that a bundle was made from: a wheel, an sdist, a runtime archive.
package struct ArtifactRecord: Hashable, Sendable, Codable {
  /// What a file is there for.
  package enum Role: String, Sendable, Codable, ColumnValue {
    /// A part of the interpreter.
    case runtime
    /// The wheel or sdist of a package.
    case package
    /// The wheel that a module's source makes.
    case module
  }

  package let digest: Digest
  package let fileName: String
  /// Where the lock says it comes from, without user names and passwords; nil for a file of the workspace.
  package let url: String?
  /// In bytes.
  package let size: Int64
  /// Nil in what an older ppp recorded.
  package let role: Role?
  /// The version of a Debian package, its epoch included; nil for others.
  package let version: String?

  package init(
    digest: Digest, fileName: String, url: String?, size: Int64, role: Role? = nil, version: String? = nil
  ) {
    self.digest = digest
    self.fileName = fileName
    self.url = url
    self.size = size
    self.role = role
    self.version = version
  }
}
