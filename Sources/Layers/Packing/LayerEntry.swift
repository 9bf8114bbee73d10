package import Model

/// One file, link or directory of a layer, as the layer's own table lists it.
package struct LayerEntry: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case file(size: Int64, digest: Digest, isExecutable: Bool)
    case symlink(target: String)
    case directory
  }

  /// Relative to the environment's prefix, `/` between the parts, without `.` and `..`.
  package let path: String
  package let kind: Kind

  package init(path: String, kind: Kind) {
    self.path = path
    self.kind = kind
  }
}
