package import Model

/// A file to fetch: where it may be had, and what is known about it.
package struct RemoteFile: Sendable, Hashable {
  /// Tried in order.
  package let urls: [String]
  package let digest: Digest?
  /// In bytes.
  package let size: Int64?
  /// What people know it by.
  package var name: String

  /// Its name, when not given, is the last part of the first URL's path.
  package init(urls: [String], digest: Digest?, size: Int64? = nil, name: String? = nil) {
    precondition(!urls.isEmpty, "a remote file needs a URL")
    self.urls = urls
    self.digest = digest
    self.size = size
    let path = WebURL(parsing: urls[0])?.path ?? urls[0]
    self.name = name ?? path.split(separator: "/").last.map { String($0) } ?? redacting(urls[0])
  }
}
