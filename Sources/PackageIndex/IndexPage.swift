import Artifacts
import Model

/// One package's page, in one of the forms that an index may send.
struct IndexPage {
  private enum Form {
    case html
    case json
  }

  private let document: Document
  private let form: Form
  private let url: WebURL

  init(_ document: Document) throws(PackageIndexError) {
    self.document = document
    let type = document.contentType.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
    switch type {
    case "application/vnd.pypi.simple.v1+json", "application/json": form = .json
    case "application/vnd.pypi.simple.v1+html", "text/html", "application/xhtml+xml", "": form = .html
    default: throw .unknownFormat(url: document.url, contentType: document.contentType)
    }
    guard let url = WebURL(parsing: document.url) else {
      throw .unknownFormat(url: document.url, contentType: document.contentType)
    }
    self.url = url
  }

  func files() throws -> [IndexFile] {
    switch form {
    case .html: htmlFiles(document.bytes, at: url)
    case .json: try jsonFiles(document.bytes, at: url)
    }
  }
}

extension WebURL {
  /// The absolute URL of a file that a page at this URL links to, and the fragment that the link had.
  func file(_ reference: String) -> (url: WebURL, fragment: String?)? {
    guard var file = resolving(reference) else { return nil }
    let fragment = file.fragment
    file.fragment = nil
    file.userInfo = nil
    return (file, fragment)
  }
}
