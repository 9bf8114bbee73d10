package import Model

/// One entry of a layer: a file, a link or a directory of the unpacked environment.
package struct FileRecord: Hashable, Sendable, Codable {
  package enum Kind: String, Sendable, Codable, ColumnValue {
    case file
    case executable
    case symlink
    case directory
  }

  /// Relative to the prefix, parts separated by `/`.
  package let path: String
  package let kind: Kind
  /// In bytes; 0 for links and directories.
  package let size: Int64
  /// Of a file's content; nil for links and directories.
  package let digest: Digest?
  /// Where a link points; nil for everything else.
  package let target: String?

  package init(path: String, kind: Kind, size: Int64 = 0, digest: Digest? = nil, target: String? = nil) {
    self.path = path
    self.kind = kind
    self.size = size
    self.digest = digest
    self.target = target
  }
}
