package import Artifacts
import Model
package import SystemPackage

/// Where a catalogue is published to or pulled from, as people write it.
///
/// ```
/// file:///srv/catalogue                       a directory
/// s3://bucket/prefix?endpoint=…&region=…      a bucket; the endpoint is that of another store than Amazon's
/// https://host/catalogue, http://…            what a web server serves: for reading
/// oci://registry/name?mount=…&base=…          a registry of containers; oci+http:// without encryption
/// pypi+https://host/legacy/, pypi+http://…    the upload address of a package index
/// index://directory                           a directory that becomes a static package index
/// ```
/// It describes itself without user names and passwords.
package struct DestinationURL: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// Absolute.
    case directory(FilePath)
    case bucket(S3Bucket)
    /// With the user info that was written in it; its path has no slash at the end.
    case web(WebURL)
    /// The registry's address is `https` or `http`, with user info where there was any, without a path; its query
    /// is `RegistryOptions`.
    case registry(WebURL, name: String)
    case packageIndex(WebURL)
    case simpleIndex(FilePath)
  }

  package let kind: Kind
  private let text: String

  package init(kind: Kind, description: String) {
    self.kind = kind
    text = redacting(description)
  }
}

extension DestinationURL: CustomStringConvertible {
  package var description: String { text }

  /// Reads what a person wrote; relative directories of `index://` and `file:` count from `directory`.
  ///
  /// - Throws: `PublishError.badDestination`, which names the part that is wrong.
  package init(parsing text: String, relativeTo directory: FilePath) throws(PublishError) {
    func bad(_ reason: String) -> PublishError { .badDestination(redacting(text), reason: reason) }
    guard let mark = text.firstRange(of: "://") else { throw bad("it has no scheme") }
    let scheme = text[..<mark.lowerBound].lowercased()
    let rest = String(text[mark.upperBound...])
    switch scheme {
    case "file":
      guard rest.hasPrefix("/") else { throw bad("the path of a file: URL begins with a slash") }
      kind = .directory(try Self.path(rest, in: directory, bad))
    case "index": kind = .simpleIndex(try Self.path(rest, in: directory, bad))
    case "s3": kind = .bucket(try S3Bucket(parsing: text))
    case "http", "https": kind = .web(try Self.web(text, bad))
    case "oci", "oci+http", "oci+https":
      let (address, query) = rest.cutQuery
      let url = try Self.web("\(scheme == "oci+http" ? "http" : "https")://\(address)", bad)
      kind = try Self.registry(url, query: query, shown: redacting(text), bad)
    case "pypi+http", "pypi+https":
      guard var url = WebURL(parsing: "\(scheme.dropFirst(5))://\(rest)") else { throw bad("it is no URL") }
      url.fragment = nil
      kind = .packageIndex(url)
    default: throw bad("'\(scheme)' is not known")
    }
    self.text = redacting(text)
  }

  private static func path(
    _ text: String, in directory: FilePath, _ bad: (String) -> PublishError
  ) throws(PublishError) -> FilePath {
    guard let decoded = decodingPercent(text), !decoded.isEmpty, !decoded.utf8.contains(0) else {
      throw bad("it names no directory")
    }
    return directory.pushing(FilePath(decoded)).lexicallyNormalized()
  }

  /// A served folder; the name of a file of the catalogue at its end means the folder that the file is in.
  private static func web(_ text: String, _ bad: (String) -> PublishError) throws(PublishError) -> WebURL {
    guard var url = WebURL(parsing: text) else { throw bad("it is no URL with a host") }
    guard url.query == nil else { throw bad("a served folder has no query") }
    url.fragment = nil
    for name in ["/index.json", "/index.html", "/catalogue.json"] where url.path.hasSuffix(name) {
      url.path.removeLast(name.count)
      break
    }
    while url.path.hasSuffix("/") { url.path.removeLast() }
    return url
  }

  /// See the distribution specification, "Pulling manifests", for what a name may be.
  private static func registry(
    _ url: WebURL, query: String?, shown: String, _ bad: (String) -> PublishError
  ) throws(PublishError) -> Kind {
    let name = String(url.path.dropFirst())
    let part = #/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*/#
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.isEmpty, parts.allSatisfy({ $0.wholeMatch(of: part) != nil }) else {
      throw bad("'\(name)' is no repository's name: lower-case letters, digits, and . _ - between them")
    }
    var registry = url
    registry.path = ""
    registry.query = query
    _ = try RegistryOptions(query: query, destination: shown)
    return .registry(registry, name: name)
  }
}

extension String {
  /// What is before the first question mark, and what is behind it.
  fileprivate var cutQuery: (String, query: String?) {
    guard let mark = firstIndex(of: "?") else { return (self, nil) }
    return (String(self[..<mark]), String(self[index(after: mark)...]))
  }
}
