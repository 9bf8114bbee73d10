/// How a cell's bundle is made.
package struct BuildConfiguration: Sendable, Hashable {
  package enum ArchiveFormat: String, Sendable, Hashable, CaseIterable {
    case tarZstandard = "tar.zst"
    case zip
  }

  package enum Layout: String, Sendable, Hashable, CaseIterable {
    /// An installed environment.
    case tree
    /// The wheels themselves under `packages/`.
    case wheelhouse
  }

  /// Seconds that building a package may take when no file says.
  package static let standardTimeout = 1_800

  package let archive: Located<ArchiveFormat>
  package let layout: Located<Layout>
  /// Zstandard's level, 1 to 19.
  package let compressionLevel: Located<Int>
  /// Seconds that building one package from source may take.
  package let timeout: Located<Int>
  package let enableLogging: Located<Bool>
  package let parallelDownloads: Located<Bool>
}
