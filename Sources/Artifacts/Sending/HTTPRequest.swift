package import SystemPackage

/// A request to a server that keeps things, whose every answer the caller wants to see.
///
/// Fetching a file or a page is not one: `Fetcher.artifact` and `Fetcher.document` verify and cache.
package struct HTTPRequest: Sendable {
  package enum Method: String, Sendable {
    case get = "GET"
    case head = "HEAD"
    case put = "PUT"
    case post = "POST"
    case patch = "PATCH"
    case delete = "DELETE"
  }

  /// What is sent; it can be sent again from its start when a connection breaks.
  package enum Body: Sendable {
    case none
    case bytes([UInt8])
    /// A part of a file, in bytes.
    case file(FilePath, offset: Int64, length: Int64)
  }

  /// Who asks.
  package enum Authorization: Sendable {
    /// The user name and password of the URL, the environment or the netrc file, if there are any.
    case standard
    case none
    case basic(Credential)
    /// A bearer token (RFC 6750).
    case bearer(BearerToken)
    /// AWS Signature Version 4, for S3.
    case signed(S3Signing)
  }

  package var method: Method
  package var url: String
  /// Names and values; `Content-Length` and `Authorization` are seen to.
  package var headers: [(name: String, value: String)]
  package var body: Body
  package var authorization: Authorization
  /// How many bytes the answer's body may have.
  package var answerLimit: Int
  /// Whether asking twice does the same as asking once; by RFC 9110, 9.2.2, that is so for all but POST and PATCH.
  package var isRepeatable: Bool

  package init(
    _ method: Method, _ url: String, headers: [(name: String, value: String)] = [], body: Body = .none,
    authorization: Authorization = .standard, answerLimit: Int = 64 << 20
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.authorization = authorization
    self.answerLimit = answerLimit
    isRepeatable = method != .post && method != .patch
  }
}

/// A server's answer, whatever its status.
package struct HTTPResponse: Sendable {
  package let status: Int
  /// Names in lower case; of several lines with one name, the last.
  package let headers: [String: String]
  package let body: [UInt8]
  /// Where it came from in the end, after redirects, without user info.
  package let url: String
  package let retryAfter: Duration?

  package var isSuccess: Bool { (200..<300).contains(status) }

  /// The error that says that this answer was a no.
  package var error: ArtifactError { .status(url: url, code: status, retryAfter: retryAfter) }
}
