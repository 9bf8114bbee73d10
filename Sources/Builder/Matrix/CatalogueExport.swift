import Catalogue
import ConfigMerge
import Model
import SystemPackage

/// `dist/catalogue.json`, for those who read no SQLite.
///
/// A mark in `.ppp/` says that the catalogue may say more than the export, so that what a run that was ended left
/// undone is done by the next.
struct CatalogueExport: Sendable {
  private let catalogue: Catalogue
  private let path: FilePath
  private let mark: FilePath

  init(_ bench: Workbench) {
    let root = bench.workspace.root
    catalogue = bench.catalogue
    path = root.appending("dist").appending("catalogue.json")
    mark = root.appending(".ppp").appending("export-is-stale")
  }

  /// To be called before the catalogue is changed.
  func markStale() throws(FileError) {
    guard FileStatus(of: mark) == nil else { return }
    try makeDirectory(mark.removingLastComponent())
    try writeAtomically([], to: mark)
  }

  /// Whether it is missing, or may say less than the catalogue.
  var isStale: Bool {
    get async throws {
      if FileStatus(of: mark) != nil { return true }
      guard FileStatus(of: path) == nil else { return false }
      return try await !catalogue.summaries().isEmpty
    }
  }

  func write() async throws {
    try makeDirectory(path.removingLastComponent())
    try writeAtomically(try await catalogue.export(), to: path)
    try removeTree(mark)
  }
}
