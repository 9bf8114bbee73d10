package import Model
package import SystemPackage

/// Why a file or page could not be had.
///
/// URLs in it carry no user names and no passwords.
package enum ArtifactError: UserFacingError, Equatable {
  /// It is not in the cache and `--offline` forbids asking for it.
  case offline(String)
  /// The server's answer was no.
  case status(url: String, code: Int, retryAfter: Duration?)
  /// No connection came about.
  case unreachable(url: String, reason: String)
  /// The connection broke, or the body was shorter than announced.
  case interrupted(url: String, reason: String)
  /// No bytes came for this long.
  case stalled(url: String, after: Duration)
  /// The server's certificate was not accepted.
  case untrusted(url: String, reason: String)
  case tooManyRedirects(url: String, limit: Int)
  /// A redirect from https to something less, or to something that is not http.
  case refusedRedirect(url: String, target: String)
  case wrongDigest(url: String, expected: Digest, got: Digest)
  case wrongSize(url: String, expected: Int64, got: Int64)
  /// The server sent the whole file where a part of it was asked for.
  case noRanges(url: String)
  /// A page that is larger than any page should be, in bytes.
  case tooLarge(url: String, limit: Int64)
  case invalidURL(String)
  /// A `file:` URL without its file.
  case missingFile(url: String)
  /// Anything else that libcurl reports.
  case transfer(url: String, code: Int, reason: String)
  case wrongFileDigest(FilePath, expected: Digest, got: Digest)
  /// Something else uses the cache, so that nothing can be removed from it.
  case cacheInUse(FilePath)
  /// Each of several addresses failed, in the order in which they were tried.
  case everyAddressFailed(name: String, [ArtifactError])
}

extension ArtifactError {
  package var description: String {
    switch self {
    case .offline(let what): "\(what) is not in the cache, and this run is offline"
    case .status(let url, let code, _): "'\(url)' answered \(code)\(Self.meaning(of: code))"
    case .unreachable(let url, let reason): "cannot reach '\(url)': \(reason)"
    case .interrupted(let url, let reason): "the transfer of '\(url)' broke off: \(reason)"
    case .stalled(let url, let limit): "'\(url)' sent nothing for \(max(1, limit.components.seconds)) s"
    case .untrusted(let url, let reason): "the certificate of '\(url)' is not trusted: \(reason)"
    case .tooManyRedirects(let url, let limit): "'\(url)' redirects more than \(limit) times"
    case .refusedRedirect(let url, let target): "'\(url)' redirects to '\(target)', which is not followed"
    case .wrongDigest(let url, let expected, let got):
      "'\(url)' has the wrong digest: expected \(expected), got \(got)"
    case .wrongSize(let url, let expected, let got):
      "'\(url)' has the wrong size: expected \(expected) bytes, got \(got)"
    case .noRanges(let url): "the server of '\(url)' does not give parts of files"
    case .tooLarge(let url, let limit): "'\(url)' is larger than \(limit) bytes"
    case .invalidURL(let text): "'\(text)' is not a URL that can be fetched"
    case .missingFile(let url): "there is no file at '\(url)'"
    case .transfer(let url, let code, let reason): "cannot fetch '\(url)': \(reason) (libcurl error \(code))"
    case .wrongFileDigest(let path, let expected, let got):
      "'\(path)' has the wrong digest: expected \(expected), got \(got)"
    case .cacheInUse(let path): "the cache '\(path)' is in use by another ppp"
    case .everyAddressFailed(let name, let errors):
      "cannot fetch '\(name)' from any of \(errors.count) addresses: "
        + errors.map(\.description).joined(separator: "; ")
    }
  }

  package var hint: String? {
    switch self {
    case .offline: "run once without --offline"
    case .status(_, 401, _), .status(_, 403, _), .status(_, 407, _):
      "put a user name and password for this host in ~/.netrc (or the file that NETRC names)"
    case .status(_, 404, _), .status(_, 410, _), .missingFile:
      "check the name and the version; if a lock names a file that was removed, run 'ppp lock --upgrade'"
    case .status, .interrupted, .stalled: "try again: what has arrived is kept, and the rest is fetched"
    case .unreachable: "check the network and the proxy settings (https_proxy, no_proxy)"
    case .untrusted: "when your site has its own authority, set SSL_CERT_FILE to its certificates"
    case .tooManyRedirects, .refusedRedirect, .invalidURL: "check the URL in the configuration"
    case .wrongDigest, .wrongSize:
      "the file was changed or replaced on the way or at its source; if that is right, run 'ppp lock --upgrade'"
    case .cacheInUse: "wait until it is done"
    case .everyAddressFailed(_, let errors): errors.lazy.compactMap(\.hint).first
    case .noRanges, .tooLarge, .transfer, .wrongFileDigest: nil
    }
  }

  private static func meaning(of code: Int) -> String {
    switch code {
    case 401: " (a user name and password are needed)"
    case 403: " (forbidden)"
    case 404: " (not found)"
    case 410: " (gone)"
    case 429: " (too many requests)"
    case 500...: " (the server has a problem)"
    default: ""
    }
  }
}
