import Artifacts
import Model

/// That an S3 store said no.
///
/// What it shows of the store's answer is the code and the message that belong to it, never the request.
package struct S3Refusal: UserFacingError, Equatable {
  /// Of what was asked for, without its query.
  package let url: String
  package let status: Int
  /// `AccessDenied`, `RequestTimeTooSkewed`, …; nil where the answer had none.
  package let code: String?
  private let message: String?
  /// The region that the store says the bucket is in.
  private let region: String?
  /// What the store's clock said.
  private let time: String?
  package let retryAfter: Duration?

  init(_ response: HTTPResponse) {
    let answer = S3Answer(response.body)
    url = String(redacting(response.url).prefix { $0 != "?" })
    status = response.status
    code = answer["Code"].map { String($0.prefix(80)) }
    message = answer["Message"].map { String(redacting($0).prefix(200)) }
    region = response.headers["x-amz-bucket-region"] ?? answer["Region"]
    time = response.headers["date"]
    retryAfter = response.retryAfter
  }

  package var description: String {
    let words = [code, message].compactMap(\.self).joined(separator: ": ")
    return "'\(url)' answered \(status)" + (words.isEmpty ? "" : " (\(words))")
  }

  package var hint: String? {
    switch code {
    case "RequestTimeTooSkewed":
      "set this machine's clock" + (time.map { ": the store's says \($0)" } ?? "")
    case "SignatureDoesNotMatch", "InvalidAccessKeyId": "check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
    case "ExpiredToken", "InvalidToken", "TokenRefreshRequired":
      "get a new session, and set AWS_SESSION_TOKEN and the keys that belong to it"
    case "NoSuchBucket": "make the bucket first, or check its name"
    case "AuthorizationHeaderMalformed", "PermanentRedirect", "IllegalLocationConstraintException":
      "name the bucket's region"
        + (region.map { ": add region=\($0) to the URL" } ?? " with region= in the URL")
    case "SlowDown", "ServiceUnavailable", "InternalError", "RequestTimeout":
      "try again: what was sent is kept, and the rest is sent"
    case "QuotaExceeded", "EntityTooLarge", "StorageFull", "XMinioStorageFull":
      "make room at the store, then run the same command again"
    default: hintForStatus
    }
  }

  private var hintForStatus: String? {
    switch status {
    case 401, 403:
      "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to keys that may list, read and write here"
    case 301, 307: "name the bucket's region" + (region.map { ": add region=\($0) to the URL" } ?? "")
    case 404: "check the bucket's name and the endpoint"
    case 405, 501:
      "the store lacks something that publishing needs: conditional writes (If-None-Match, If-Match)"
    case 408, 429, 500...599: "try again: what was sent is kept, and the rest is sent"
    default: nil
    }
  }
}
