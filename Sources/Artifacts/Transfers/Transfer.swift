import CCurl
import Synchronization

/// What to ask a server for.
struct TransferRequest: Sendable {
  /// Without user info.
  var url: WebURL
  var method = HTTPRequest.Method.get
  /// `Name: value` lines.
  var headers: [String] = []
  var credential: Credential?
  /// Whether the body may come compressed; it arrives inflated.
  var acceptsCompression = false
  var body = HTTPRequest.Body.none
  /// `aws:amz:REGION:SERVICE`, to sign the request with the credential instead of sending it.
  var signature: String?
  /// Whether the sink wants the bodies of refusals as well.
  var takesEveryBody = false
}

/// Status and headers of a response.
struct ResponseHead: Sendable {
  var status = 0
  /// Names in lower case.
  var headers: [String: String] = [:]
}

/// How an exchange ended, once its body went to its sink.
struct TransferResult: Sendable {
  let head: ResponseHead
  /// The absolute URL of a redirect.
  let redirect: String?
  let retryAfter: Duration?
  /// As announced, in bytes.
  let length: Int64?
}

/// Where the body of a successful response goes.
///
/// Both functions are called on the engine's thread and end the transfer by throwing.
protocol BodySink: AnyObject, Sendable {
  /// Comes once, before the first byte; also where there are none.
  func begin(_ head: ResponseHead) throws
  func receive(_ bytes: UnsafeRawBufferPointer) throws
}

/// One exchange, from its submission to its end.
final class Transfer: Sendable {
  let request: TransferRequest
  let isCancelled = Atomic(false)
  private let sink: (any BodySink)?
  /// Keeps the engine alive for as long as something is under way.
  private let engine: TransferEngine

  // These are the engine thread's from the submission on; before, the submitting task's. The inbox's lock orders them.
  nonisolated(unsafe) var continuation: CheckedContinuation<TransferResult, any Error>?
  nonisolated(unsafe) var easy: EasyHandle?
  nonisolated(unsafe) private(set) var failure: (any Error)?
  nonisolated(unsafe) private var head = ResponseHead()
  nonisolated(unsafe) private var hasBegun = false
  /// When something was last seen to happen; nil before there is a connection.
  nonisolated(unsafe) private var lastSign: ContinuousClock.Instant?

  init(_ request: TransferRequest, into sink: (any BodySink)?, engine: TransferEngine) {
    self.request = request
    self.sink = sink
    self.engine = engine
    // libcurl reads files without a status.
    if request.url.scheme == "file" { head.status = 200 }
  }

  /// Whether nothing has happened for so long on a connection that is there; connecting has a limit of its own.
  func isStalled(for limit: Duration, at now: ContinuousClock.Instant) -> Bool {
    guard let easy, easy.hasConnected else { return false }
    guard let lastSign else {
      lastSign = now
      return false
    }
    return now - lastSign > limit
  }

  /// Takes a header line; a status line starts a new response.
  func receiveHeader(_ bytes: UnsafeRawBufferPointer) {
    lastSign = .now
    let line = String(decoding: bytes, as: UTF8.self).trimmingPrefix { $0 == " " }
    if line.hasPrefix("HTTP/") {
      head = ResponseHead()
      head.status = line.split(separator: " ").dropFirst().first.flatMap { Int($0.prefix(3)) } ?? 0
    } else if let colon = line.firstIndex(of: ":") {
      let value = line[line.index(after: colon)...].drop(while: \.isWhitespace)
      let end = value.lastIndex { !$0.isWhitespace }.map { value.index(after: $0) } ?? value.startIndex
      head.headers[line[..<colon].lowercased()] = String(value[..<end])
    }
  }

  /// Takes a piece of the body; false ends the transfer.
  func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    lastSign = .now
    guard let sink, request.takesEveryBody || (200..<300).contains(head.status) else { return true }
    do {
      try begin(sink)
      try sink.receive(bytes)
      return true
    } catch {
      failure = error
      return false
    }
  }

  private func begin(_ sink: any BodySink) throws {
    guard !hasBegun else { return }
    hasBegun = true
    try sink.begin(head)
  }

  /// Ends the exchange for the task that waits for it.
  func finish(_ code: CURLcode) {
    let result = Result<TransferResult, any Error> {
      if let failure { throw failure }
      guard code == CURLE_OK, let easy else {
        throw TransferFailure(
          code: code, reason: easy?.reason(for: code), hasConnected: easy?.hasConnected ?? false)
      }
      if let sink, (200..<300).contains(head.status) { try begin(sink) }
      return TransferResult(
        head: head, redirect: easy.redirect, retryAfter: easy.retryAfter, length: easy.announcedLength)
    }
    resume(with: result)
  }

  func resume(with result: Result<TransferResult, any Error>) {
    easy = nil
    continuation?.resume(with: result)
    continuation = nil
  }
}

/// That libcurl gave up, before it is known what that means to whom.
struct TransferFailure: Error {
  let code: CURLcode
  let reason: String?
  let hasConnected: Bool
}
