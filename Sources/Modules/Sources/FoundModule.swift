package import ConfigMerge
package import SystemPackage

/// A module in a source, with its files there to be read.
package struct FoundModule: Sendable {
  package let manifest: ModuleManifest
  /// Where its files are, without links.
  package let directory: FilePath
  package let source: ModuleSource
  /// The commit that a git source is at.
  package let revision: String?
  /// What finds exactly this module again, and carries no password: a git source at its commit, an archive with its
  /// digest, a directory by its whole path.
  package let reference: String

  /// As `reference`, a directory as seen from another one: what is written into files that go from machine to machine.
  package func reference(relativeTo root: FilePath) -> String {
    guard case .directory = source.place else { return reference }
    return directory.relative(to: root).string
  }
}

extension FilePath {
  /// The way from a directory to this path, both absolute and without links; `.` from a directory to itself.
  func relative(to base: FilePath) -> FilePath {
    let (own, other) = (Array(components), Array(base.components))
    let shared = zip(own, other).prefix { $0 == $1 }.count
    let up = other[shared...].map { _ in FilePath.Component("..") }
    let path = FilePath(root: nil, up + own[shared...])
    return path.isEmpty ? "." : path
  }
}
