import Artifacts
import Model

/// How a bucket is reached, and who asks.
package struct S3Access: Sendable {
  let bucket: S3Bucket
  let region: String
  /// Nil for what everybody may read.
  private let keys: (id: String, secret: String, token: String?)?
  private let endpoint: WebURL?

  /// Takes keys from `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, and what the URL does not say from
  /// `AWS_REGION` or `AWS_DEFAULT_REGION` and `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL`.
  package init(_ bucket: S3Bucket, environment: [String: String]) throws(PublishError) {
    func given(_ names: String...) -> String? {
      names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }
    self.bucket = bucket
    region = bucket.region ?? given("AWS_REGION", "AWS_DEFAULT_REGION") ?? "us-east-1"
    if let endpoint = bucket.endpoint {
      self.endpoint = endpoint
    } else if let text = given("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL") {
      endpoint = try S3Bucket.endpoint(text) { .badDestination("s3://\(bucket.name)", reason: $0) }
    } else {
      endpoint = nil
    }
    if let id = given("AWS_ACCESS_KEY_ID"), let secret = given("AWS_SECRET_ACCESS_KEY") {
      keys = (id, secret, given("AWS_SESSION_TOKEN"))
    } else {
      keys = nil
    }
  }

  var place: String { "s3://\(bucket.name)" + (bucket.prefix.isEmpty ? "" : "/\(bucket.prefix)") }

  func key(of name: String) -> String { bucket.prefix.isEmpty ? name : "\(bucket.prefix)/\(name)" }

  /// The address of a key, or of the bucket itself; a bucket of Amazon's has a host of its own.
  ///
  /// The query is in the form that its signature is over: sorted, everything encoded.
  func url(ofKey key: String?, query: [(name: String, value: String)] = []) -> String {
    let hasOwnHost = endpoint == nil && !bucket.name.contains(".")
    let host =
      endpoint?.description ?? "https://\(hasOwnHost ? "\(bucket.name)." : "")s3.\(region).amazonaws.com"
    let path = (hasOwnHost ? [] : [bucket.name]) + (key.map { [encodingPercent($0)] } ?? [])
    let pairs = query.map { (encodingPercent($0.name), encodingPercent($0.value, keepingSlashes: false)) }
    let text = pairs.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }.map { "\($0.0)=\($0.1)" }
    return "\(host)/\(path.joined(separator: "/"))" + (text.isEmpty ? "" : "?\(text.joined(separator: "&"))")
  }

  /// `payload` is the digest of what is sent; nil for nothing.
  func authorization(payload: Digest?) -> HTTPRequest.Authorization {
    guard let keys else { return .none }
    return .signed(
      S3Signing(
        region: region, accessKey: keys.id, secretKey: keys.secret, sessionToken: keys.token,
        payload: payload ?? .sha256(of: [UInt8]())))
  }
}

extension S3Access: CustomStringConvertible, CustomReflectable {
  package var description: String { place }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
