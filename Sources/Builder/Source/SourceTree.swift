import Artifacts
import Layers
import Model
import SystemPackage

/// An unpacked source, and what can be told of it without running anything.
struct SourceTree: Sendable {
  let root: FilePath
  /// The folder that was unpacked, of which `root` is a part.
  let top: FilePath
  let system: BuildSystem
  /// Whether it has code that a compiler has to see.
  let compiles: Bool
  /// The kinds of files in it, by what follows their last full stop, in lower case.
  let suffixes: Set<String>

  /// Whether cargo has to compile something in it.
  var isRust: Bool {
    system.usesRust || hasFile(suffix: ".rs") && FileStatus(of: root.appending("Cargo.toml")) != nil
  }

  func hasFile(suffix: String) -> Bool { suffixes.contains(String(suffix.dropFirst())) }

  private static let compiled: Set<String> = [
    "c", "cc", "cpp", "cxx", "c++", "pyx", "rs", "f", "f90", "f95", "m", "mm", "cu", "go", "s", "asm", "zig",
  ]

  /// Unpacks a source distribution, and goes to the folder in it that its URL named.
  ///
  /// - Throws: `SourceBuildError`, and what unpacking throws.
  static func unpack(
    _ artifact: StoredArtifact, of package: LockedPackage, _ subdirectory: String?, in scratch: FilePath
  ) async throws -> SourceTree {
    let root = scratch.appending("source")
    return try await blocking { cancellation in
      // What an index has is one folder, `<name>-<version>` (PEP 625).
      try ArchiveExtractor().extract(artifact, into: root, strippingComponents: 1, cancellation: cancellation)
      var folder = root
      if let subdirectory {
        folder = root.pushing(FilePath(subdirectory))
        guard FileStatus(of: folder) != nil, try realPath(folder).starts(with: realPath(root)) else {
          throw SourceBuildError.noSubdirectory(package.name, subdirectory)
        }
      }
      var suffixes: Set<String> = []
      try note(&suffixes, below: root, cancellation)
      return SourceTree(
        root: folder, top: root, system: try system(in: folder, of: package),
        compiles: !suffixes.isDisjoint(with: compiled), suffixes: suffixes)
    }
  }

  /// The same tree after somebody changed its files.
  func readAgain(for package: LockedPackage) throws -> SourceTree {
    SourceTree(
      root: root, top: top, system: try Self.system(in: root, of: package), compiles: compiles,
      suffixes: suffixes)
  }

  private static func system(in folder: FilePath, of package: LockedPackage) throws -> BuildSystem {
    let project = folder.appending("pyproject.toml")
    let hasProject = FileStatus(of: project) != nil
    guard hasProject || FileStatus(of: folder.appending("setup.py")) != nil else {
      throw SourceBuildError.noBackend(package.name)
    }
    return try BuildSystem(projectFile: hasProject ? readFile(project) : [])
  }

  private static func note(
    _ suffixes: inout Set<String>, below directory: FilePath, _ cancellation: Cancellation
  ) throws {
    try cancellation.check()
    for name in try listDirectory(directory) {
      let path = directory.appending(name)
      switch FileStatus(of: path, followingLinks: false)?.kind {
      case .directory: try note(&suffixes, below: path, cancellation)
      case .file: if let suffix = path.extension { suffixes.insert(suffix.lowercased()) }
      default: break
      }
    }
  }
}
