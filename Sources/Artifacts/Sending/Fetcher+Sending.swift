import Model
import Synchronization

extension Fetcher {
  private static let redirectLimit = 10

  /// Sends a request and returns the answer, whatever its status.
  ///
  /// What may be asked twice without harm is asked again when the connection broke or the
  /// server said that it would answer later (408, 429, 5xx), waiting as long as it wished; the last answer is returned.
  /// Redirects of GET and HEAD are followed; credentials stay with the server that they are for.
  ///
  /// - Throws: `ArtifactError` when there was no answer, or a body that is longer than allowed.
  package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let url = try address(request.url)
    if settings.offline { throw ArtifactError.offline("'\(url)'") }
    guard request.isRepeatable else { return try await answer(to: request, at: url) }
    let last = Mutex<HTTPResponse?>(nil)
    do {
      return try await retrying {
        last.withLock { $0 = nil }
        let response = try await answer(to: request, at: url)
        last.withLock { $0 = response }
        if response.error.isTransient { throw response.error }
        return response
      }
    } catch let error as ArtifactError {
      guard let response = last.withLock({ $0 }) else { throw error }
      return response
    }
  }

  private func answer(to request: HTTPRequest, at url: WebURL) async throws -> HTTPResponse {
    let body = AnswerBody(url: url.description, limit: request.answerLimit)
    let (result, final) = try await exchange(request, at: url, into: body)
    return HTTPResponse(
      status: result.head.status, headers: result.head.headers, body: body.bytes, url: final.description,
      retryAfter: result.retryAfter)
  }

  /// Sends a request once, and again where its answer leads; the bodies of refusals go into the sink as well.
  func exchange(
    _ request: HTTPRequest, at url: WebURL, into sink: any BodySink
  ) async throws -> (result: TransferResult, url: WebURL) {
    var current = url
    for _ in 0...Self.redirectLimit {
      let result: TransferResult
      do {
        result = try await engine.perform(
          transfer(of: request, to: current, isFirst: current.hasSameOrigin(as: url)), into: sink)
      } catch let failure as TransferFailure {
        throw error(for: failure, url: current)
      }
      guard [301, 302, 303, 307, 308].contains(result.head.status), request.method.isFollowed,
        let target = result.redirect
      else { return (result, current) }
      current = try follow(target, from: current)
    }
    throw ArtifactError.tooManyRedirects(url: url.description, limit: Self.redirectLimit)
  }

  /// The transfer of a request; another server than the first gets only what belongs to itself.
  private func transfer(of request: HTTPRequest, to url: WebURL, isFirst: Bool) -> TransferRequest {
    var transfer = TransferRequest(
      url: url, method: request.method, headers: request.headers.map { "\($0.name): \($0.value)" },
      body: request.body, takesEveryBody: true)
    switch request.authorization {
    case .standard: transfer.credential = credential(for: url)
    case .none: break
    case .basic(let credential): transfer.credential = isFirst ? credential : nil
    case .bearer(let token):
      if isFirst { transfer.headers.append("Authorization: Bearer \(token.text)") }
    case .signed(let signing):
      guard isFirst else { break }
      transfer.credential = signing.credential
      transfer.signature = "aws:amz:\(signing.region):s3"
      transfer.headers += signing.headers
    }
    return transfer
  }
}

extension HTTPRequest.Method {
  fileprivate var isFollowed: Bool { self == .get || self == .head }
}

/// The body of an answer, in memory, up to a limit.
final class AnswerBody: BodySink {
  private let url: String
  private let limit: Int
  private let content = Mutex<[UInt8]>([])

  init(url: String, limit: Int) {
    self.url = url
    self.limit = limit
  }

  var bytes: [UInt8] { content.withLock { $0 } }

  func begin(_ head: ResponseHead) { content.withLock { $0 = [] } }

  func receive(_ piece: UnsafeRawBufferPointer) throws {
    try content.withLock { bytes in
      guard bytes.count + piece.count <= limit else {
        throw ArtifactError.tooLarge(url: url, limit: Int64(limit))
      }
      bytes.append(contentsOf: piece)
    }
  }
}
