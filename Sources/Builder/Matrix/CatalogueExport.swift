import Artifacts
import Catalogue
import CataloguePage
import ConfigMerge
import Model
import SystemPackage

/// `dist/catalogue.json` and `dist/index.html`, for those who read no SQLite.
///
/// A mark in `.ppp/` says that the catalogue may say more than the export, so that what a run that was ended left
/// undone is done by the next.
struct CatalogueExport: Sendable {
  private let catalogue: Catalogue
  private let document: FilePath
  private let page: FilePath
  private let mark: FilePath

  init(_ bench: Workbench) {
    let root = bench.workspace.root
    catalogue = bench.catalogue
    document = root.appending("dist").appending("catalogue.json")
    page = root.appending("dist").appending("index.html")
    mark = root.appending(".ppp").appending("export-is-stale")
  }

  /// To be called before the catalogue is changed.
  func markStale() throws(FileError) {
    guard FileStatus(of: mark) == nil else { return }
    try makeDirectory(mark.removingLastComponent())
    try writeAtomically([], to: mark)
  }

  /// Whether a file of it is missing, or may say less than the catalogue.
  var isStale: Bool {
    get async throws {
      if FileStatus(of: mark) != nil { return true }
      guard FileStatus(of: document) == nil || FileStatus(of: page) == nil else { return false }
      return try await !catalogue.summaries().isEmpty
    }
  }

  /// Writes both, the page last, so that it never names a bundle that the document doesn't have.
  func write() async throws {
    try makeDirectory(document.removingLastComponent())
    try writeAtomically(try await catalogue.export(), to: document)
    try writeAtomically(try await catalogue.page { .sha256(of: $0) }, to: page)
    try removeTree(mark)
  }
}
