package import ConfigMerge
package import Model
import SystemPackage

/// Where a cell's bundle and its manifest lie: `dist/<id>/<id>-<platform>.tar.zst` and `….manifest.json`.
package struct BundlePlace: Hashable, Sendable {
  /// Relative to the workspace.
  package let file: String
  package let manifest: String
  /// The bundle of the other kind, which must not stay beside a new one.
  let other: String

  package init(cell: CellID, format: BuildConfiguration.ArchiveFormat) {
    let stem = "dist/\(cell.runenv)/\(cell.runenv)-\(cell.platform)"
    let formats = BuildConfiguration.ArchiveFormat.allCases
    file = "\(stem).\(format.rawValue)"
    manifest = "\(stem).manifest.json"
    other = formats.first { $0 != format }.map { "\(stem).\($0.rawValue)" } ?? ""
  }

  func path(in workspace: FilePath) -> FilePath { workspace.pushing(FilePath(file)) }
  func manifestPath(in workspace: FilePath) -> FilePath { workspace.pushing(FilePath(manifest)) }
  func otherPath(in workspace: FilePath) -> FilePath { workspace.pushing(FilePath(other)) }
}
