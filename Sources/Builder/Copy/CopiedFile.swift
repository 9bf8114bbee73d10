package import Model
package import SystemPackage

/// A file that `packages.copyFiles` puts into an environment.
package struct CopiedFile: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case file(digest: Digest, size: Int64, isExecutable: Bool)
    /// As it is written in the source; it stays inside the environment.
    case symlink(target: String)
  }

  /// Raised whenever the same files would give another layer.
  static let formatVersion = 1

  package let source: FilePath
  /// Relative to the environment's prefix.
  package let path: String
  package let content: Content

  package init(source: FilePath, path: String, content: Content) {
    self.source = source
    self.path = path
    self.content = content
  }

  /// What of it decides a bundle's bytes.
  var identity: String {
    switch content {
    case .file(let digest, _, let isExecutable): "\(digest)\(isExecutable ? " executable" : "")"
    case .symlink(let target): "link to \(target)"
    }
  }
}
