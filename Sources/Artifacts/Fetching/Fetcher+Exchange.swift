import CCurl
import Model
import Synchronization

extension Fetcher {
  private static let redirectLimit = 10

  /// The URL without its user info, which is kept for requests to the same server.
  func address(_ text: String) throws -> WebURL {
    guard var url = WebURL(parsing: text), ["http", "https", "file"].contains(url.scheme) else {
      throw ArtifactError.invalidURL(redacting(text))
    }
    if let userInfo = url.userInfo {
      let credential = Credential(userInfo: userInfo)
      urlCredentials.withLock { $0[url.origin] = credential }
      url.userInfo = nil
    }
    url.fragment = nil
    return url
  }

  /// Keeps the user names and passwords in these URLs for requests to their servers, as though each had been asked.
  ///
  /// What is fetched by a URL from a lock, which has none, needs those of the configuration.
  package func keepCredentials(of urls: [String]) {
    for url in urls.compactMap({ WebURL(parsing: $0) }) {
      guard let userInfo = url.userInfo else { continue }
      urlCredentials.withLock { $0[url.origin] = $0[url.origin] ?? Credential(userInfo: userInfo) }
    }
  }

  /// Asks for a URL and follows redirects; only a success, a 304 or a 416 is a result.
  ///
  /// Each server on the way gets the credentials that are its own, and no other's. From https only https is followed.
  func exchange(
    _ url: WebURL, method: HTTPRequest.Method = .get, headers: [String] = [],
    acceptsCompression: Bool = false, into sink: (any BodySink)? = nil
  ) async throws -> (result: TransferResult, url: WebURL) {
    var current = url
    for _ in 0...Self.redirectLimit {
      let request = TransferRequest(
        url: current, method: method, headers: headers, credential: credential(for: current),
        acceptsCompression: acceptsCompression)
      let result: TransferResult
      do {
        result = try await engine.perform(request, into: sink)
      } catch let failure as TransferFailure {
        throw error(for: failure, url: url)
      }
      let code = result.head.status
      if (200..<300).contains(code) || code == 304 || code == 416 { return (result, current) }
      guard (300..<400).contains(code), let target = result.redirect else {
        throw ArtifactError.status(url: url.description, code: code, retryAfter: result.retryAfter)
      }
      current = try follow(target, from: current)
    }
    throw ArtifactError.tooManyRedirects(url: url.description, limit: Self.redirectLimit)
  }

  func follow(_ target: String, from url: WebURL) throws -> WebURL {
    guard var next = WebURL(parsing: target),
      next.scheme == "https" || (next.scheme == "http" && url.scheme == "http")
    else {
      // What is behind the question mark of a redirect may be a signature that opens the file.
      let shown = redacting(target).prefix { $0 != "?" }
      throw ArtifactError.refusedRedirect(url: url.description, target: String(shown))
    }
    next.userInfo = nil
    next.fragment = nil
    return next
  }

  func credential(for url: WebURL) -> Credential? {
    guard url.scheme != "file" else { return nil }
    return urlCredentials.withLock { $0[url.origin] } ?? settings.credentials.credential(forHost: url.host)
  }

  /// Tries until it works, or until another try can't help or there were enough.
  ///
  /// `hasAdvanced` says whether the try that just failed brought so much that failures are counted anew.
  func retrying<Value>(
    hasAdvanced: () -> Bool = { false }, _ attempt: () async throws -> Value
  ) async throws -> Value {
    var failures = 0
    while true {
      do {
        return try await attempt()
      } catch let error as ArtifactError {
        if hasAdvanced() { failures = 0 }
        guard error.isTransient, failures < settings.retries else { throw error }
        try await settings.sleep(settings.delay(after: failures, wish: error.retryAfter))
        failures += 1
      }
    }
  }

  func error(for failure: TransferFailure, url: WebURL) -> ArtifactError {
    let reason = failure.reason ?? String(cString: curl_easy_strerror(failure.code))
    let url = url.description
    switch failure.code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT:
      return .unreachable(url: url, reason: reason)
    case CURLE_OPERATION_TIMEDOUT:
      return failure.hasConnected
        ? .stalled(url: url, after: settings.stallTimeout) : .unreachable(url: url, reason: reason)
    case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_HTTP2,
      CURLE_HTTP2_STREAM, CURLE_SSL_CONNECT_ERROR, CURLE_WEIRD_SERVER_REPLY:
      return .interrupted(url: url, reason: reason)
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
      return .untrusted(url: url, reason: reason)
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: return .invalidURL(url)
    case CURLE_FILE_COULDNT_READ_FILE: return .missingFile(url: url)
    case let code: return .transfer(url: url, code: Int(code.rawValue), reason: reason)
    }
  }
}

extension WebURL {
  /// Scheme and authority: what one set of credentials is for.
  fileprivate var origin: String { "\(scheme)://\(authority)" }
}

extension ArtifactError {
  /// Whether the same request may succeed later.
  var isTransient: Bool {
    switch self {
    case .unreachable, .interrupted, .stalled: true
    case .status(_, let code, _): code == 408 || code == 429 || (500...599).contains(code) && code != 501
    default: false
    }
  }

  fileprivate var retryAfter: Duration? {
    guard case .status(_, _, let duration) = self else { return nil }
    return duration
  }
}
