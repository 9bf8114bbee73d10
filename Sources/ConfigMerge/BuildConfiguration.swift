package import Model

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

  /// Whether what is shipped is to be looked into, or only to run.
  package enum Optimization: String, Sendable, Hashable, CaseIterable {
    /// Sources stay beside what is made of them.
    case debug
    /// Sources go where something was made of them.
    case release
  }

  /// What minifying keeps unless it is asked to remove it.
  package enum MinifiedPart: String, Sendable, Hashable, CaseIterable {
    case docstrings
    case annotations
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
  /// What becomes of packages' Python code.
  package let level: PackageSetting<CodeLevel>
  package let optimize: Located<Optimization>
  package let minify: PackageSetting<Bool>
  /// What minifying removes, sorted.
  package let minifyRemoves: [Located<MinifiedPart>]
}
