package import Artifacts
package import Model

/// A package index: what files there are of a package (PEP 503, PEP 691).
///
/// The server decides between HTML and JSON; both are read, told apart by the content type. An index of static files
/// may be on disk: in a `file:` URL each package's page is `<name>/index.html`.
package struct PackageIndex: Sendable {
  /// What is asked for, best first (PEP 691, "version + format selection").
  private static let accept = """
    application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1
    """

  /// Without user info and final slash.
  package let url: String
  private let fetcher: Fetcher
  private let base: String

  /// The index with this base URL, as in `https://pypi.org/simple`; user info in it is used and not shown.
  package init(url: String, fetcher: Fetcher) {
    let base = url.hasSuffix("/") ? String(url.dropLast()) : url
    self.base = base
    self.url = redacting(base)
    self.fetcher = fetcher
  }

  /// The files of a package in the order of the page; none when the index doesn't have the package.
  ///
  /// - Throws: `ArtifactError` when the page can't be had, `PackageIndexError` when it can't be understood.
  package func files(of name: PackageName) async throws -> [IndexFile] {
    let isOnDisk = base.lowercased().hasPrefix("file:")
    let page = "\(base)/\(name.normalized)/" + (isOnDisk ? "index.html" : "")
    let document: Document
    do {
      document = try await fetcher.document(page, accept: Self.accept)
    } catch ArtifactError.status(_, 404, _), ArtifactError.status(_, 410, _), ArtifactError.missingFile {
      return []
    }
    return try IndexPage(document).files()
  }
}
