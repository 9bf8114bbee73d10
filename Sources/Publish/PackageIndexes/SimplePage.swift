import FoundationEssentials
import Model

/// A project's page of a static index: its files, as JSON (PEP 691, 700, 714) and as HTML (PEP 503, 658).
struct SimplePage: Hashable, Codable {
  struct Meta: Hashable, Codable {
    private(set) var apiVersion = "1.1"

    enum CodingKeys: String, CodingKey { case apiVersion = "api-version" }
  }

  struct File: Hashable, Codable {
    var filename: String
    /// Relative to the page.
    var url: String
    var hashes: [String: String]
    var size: Int64
    var requiresPython: String?
    /// The digests of `<filename>.metadata`.
    var coreMetadata: [String: String]

    enum CodingKeys: String, CodingKey {
      case filename
      case url
      case hashes
      case size
      case requiresPython = "requires-python"
      case coreMetadata = "core-metadata"
    }
  }

  private(set) var meta = Meta()
  var name: String
  var versions: [String]
  var files: [File]

  init(name: String) {
    self.name = name
    versions = []
    files = []
  }

  /// Takes a file in, in the place of one of its name.
  mutating func insert(_ file: File, version: String) {
    files.removeAll { $0.filename == file.filename }
    files.append(file)
    files.sort { $0.filename.utf8.lexicographicallyPrecedes($1.filename.utf8) }
    if !versions.contains(version) { versions.append(version) }
    versions.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Sorted keys, a line feed at the end.
  var json: [UInt8] { get throws { try encodeCanonically(self) } }

  var html: [UInt8] {
    let links = files.map { file in
      var attributes = "href=\"\(file.url)#sha256=\(file.hashes["sha256"] ?? "")\""
      if let range = file.requiresPython {
        attributes += " data-requires-python=\"\(escapingMarkup(range))\""
      }
      let metadata = "sha256=\(file.coreMetadata["sha256"] ?? "")"
      attributes += " data-core-metadata=\"\(metadata)\" data-dist-info-metadata=\"\(metadata)\""
      return "<a \(attributes)>\(escapingMarkup(file.filename))</a><br>\n"
    }
    return Self.document(title: "Links for \(name)", body: links.joined())
  }

  /// The page that names all projects.
  static func root(of names: [String]) -> [UInt8] {
    document(title: "Simple index", body: names.map { "<a href=\"\($0)/\">\($0)</a><br>\n" }.joined())
  }

  static func rootJSON(of names: [String]) throws -> [UInt8] {
    struct Project: Encodable { let name: String }
    struct Root: Encodable {
      let meta = Meta()
      let projects: [Project]
    }
    return try encodeCanonically(Root(projects: names.map { Project(name: $0) }))
  }

  private static func document(title: String, body: String) -> [UInt8] {
    Array(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head><meta charset="utf-8"><meta name="pypi:repository-version" content="1.1"><title>\(title)</title></head>
      <body>
      <h1>\(title)</h1>
      \(body)</body>
      </html>

      """.utf8)
  }
}
