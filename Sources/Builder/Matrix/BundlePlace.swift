import ConfigMerge
import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Where a cell's files lie: `dist/<id>/<id>-<platform>.tar.zst` and `….manifest.json`.
struct BundlePlace: Hashable, Sendable {
  private let folder: String
  private let stem: String

  init(_ cell: CellID) {
    folder = "dist/\(cell.runenv)"
    stem = "\(folder)/\(cell.runenv)-\(cell.platform)"
  }

  /// Relative to the workspace.
  func bundle(_ format: BuildConfiguration.ArchiveFormat) -> String { "\(stem).\(format.rawValue)" }

  /// Relative to the workspace.
  var manifest: String { "\(stem).manifest.json" }

  /// Removes the manifest, and the bundles but for the one to keep; a folder that is empty then goes too.
  func clear(in workspace: FilePath, keeping kept: BuildConfiguration.ArchiveFormat?) throws(FileError) {
    let formats = BuildConfiguration.ArchiveFormat.allCases.filter { $0 != kept }
    for file in formats.map(bundle) + [manifest] { try removeTree(workspace.pushing(FilePath(file))) }
    // It stays when other cells' files are in it, or somebody else's.
    rmdir(workspace.pushing(FilePath(folder)).string)
  }
}
