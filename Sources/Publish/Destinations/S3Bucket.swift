package import Artifacts
import Model

/// A part of a bucket, as `s3://bucket/prefix?endpoint=…&region=…` names it.
///
/// Without an endpoint it is one of Amazon's. Credentials are not part of the URL.
package struct S3Bucket: Hashable, Sendable {
  package let name: String
  /// Without slashes at its ends; empty for the whole bucket.
  package let prefix: String
  /// Of the store, without a path; nil for Amazon's.
  package let endpoint: WebURL?
  package let region: String?

  package init(name: String, prefix: String, endpoint: WebURL?, region: String?) {
    self.name = name
    self.prefix = prefix
    self.endpoint = endpoint
    self.region = region
  }

  /// - Throws: `PublishError.badDestination`.
  init(parsing text: String) throws(PublishError) {
    func bad(_ reason: String) -> PublishError { .badDestination(redacting(text), reason: reason) }
    guard let url = WebURL(parsing: text) else { throw bad("it names no bucket") }
    guard url.userInfo == nil else {
      throw bad("keys stand in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, not in the URL")
    }
    guard url.port == nil, url.host.wholeMatch(of: #/[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]/#) != nil else {
      throw bad("'\(url.authority)' is no bucket's name")
    }
    guard let path = decodingPercent(url.path) else { throw bad("its prefix is not UTF-8") }
    let parts = path.split(separator: "/")
    guard !parts.contains("."), !parts.contains("..") else { throw bad("its prefix has a '.' or '..' in it") }
    name = url.host
    prefix = parts.joined(separator: "/")

    var endpoint: WebURL?
    var region: String?
    for pair in (url.query ?? "").split(separator: "&") {
      let equals = pair.firstIndex(of: "=") ?? pair.endIndex
      guard let value = decodingPercent(pair[equals...].dropFirst()) else {
        throw bad("its query is not UTF-8")
      }
      switch pair[..<equals] {
      case "endpoint": endpoint = try Self.endpoint(value, bad)
      case "region":
        guard value.wholeMatch(of: #/[A-Za-z0-9-]{1,64}/#) != nil else {
          throw bad("'\(value)' is no region")
        }
        region = value
      case let key: throw bad("'\(key)' is not known; there are 'endpoint' and 'region'")
      }
    }
    self.endpoint = endpoint
    self.region = region
  }

  /// An address such as `http://127.0.0.1:9000`; without a scheme it is https.
  static func endpoint(
    _ text: String, _ bad: (String) -> PublishError
  ) throws(PublishError) -> WebURL {
    guard var url = WebURL(parsing: text.contains("://") ? text : "https://\(text)"),
      ["http", "https"].contains(url.scheme), url.userInfo == nil, url.query == nil,
      url.path.allSatisfy({ $0 == "/" })
    else { throw bad("'\(redacting(text))' is no endpoint: write https://host or http://host:port") }
    url.path = ""
    url.fragment = nil
    return url
  }
}
