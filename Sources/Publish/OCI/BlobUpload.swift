import Artifacts
import Model
import SystemPackage

/// How a blob came to be in a registry.
enum BlobArrival: Hashable, Sendable {
  case wasThere
  /// Another repository of the registry had it, and nothing was sent.
  case mounted
  case sent
}

extension Registry {
  /// Sends a blob, unless it is there, or another repository of the registry has it.
  ///
  /// Up to 32 MB are sent at once, more in pieces of that size: what a broken connection has cut off is gone on with from
  /// where the registry says that it has come to.
  func put(_ blob: ObjectReference, from bytes: ObjectBytes) async throws -> BlobArrival {
    if try await has(blob) { return .wasThere }
    for sibling in siblings {
      let query = "mount=\(blob.digest)&from=\(encodingPercent(sibling, keepingSlashes: false))"
      let response = try await send(.post, "/blobs/uploads/?\(query)", body: .bytes([]), isRepeatable: true)
      if response.status == 201 { return .mounted }
      // Another answer is an upload that was begun, which is not needed, or a refusal that says nothing of this repository.
    }
    try await BlobUpload(registry: self, blob: blob, bytes: bytes).run()
    return .sent
  }
}

/// A blob on its way to a registry.
private struct BlobUpload {
  private static let attempts = 5

  let registry: Registry
  let blob: ObjectReference
  let bytes: ObjectBytes

  /// Where an upload goes on, and how much of it is there.
  private struct Session {
    var location: String
    var offset: Int64 = 0
    var leastPiece: Int64 = 0
    /// Whether a piece was lost on the way: what is there may then be something else.
    var wasBroken = false
  }

  /// The session is gone, or can't be gone on with.
  private struct Broken: Error {
    let reason: String
    let wait: Duration?
  }

  func run() async throws {
    var takesPieces = blob.size > registry.pieceSize
    var last = ""
    for attempt in 0..<Self.attempts {
      do {
        var session = try await begin()
        if takesPieces, try await !sendPieces(&session) {
          takesPieces = false
          session = try await begin()
        }
        return try await finish(session)
      } catch let broken as Broken {
        last = broken.reason
        let pause = Duration.milliseconds(250 << attempt)
        try await registry.fetcher.settings.sleep(max(pause, min(broken.wait ?? .zero, .seconds(60))))
      }
    }
    throw RegistryError.uploadBroken(
      blob.digest, repository: registry.repository.description, reason: last)
  }

  private func begin() async throws -> Session {
    let response = try await registry.send(
      .post, "/blobs/uploads/", body: .bytes([]), isRepeatable: true)
    guard response.status == 202 else { throw registry.refused("an upload", response) }
    var session = Session(location: try location(in: response))
    session.leastPiece = response.headers["oci-chunk-min-length"].flatMap { Int64($0) } ?? 0
    return session
  }

  /// Sends all of it in pieces; false when the registry takes none.
  private func sendPieces(_ session: inout Session) async throws -> Bool {
    var failures = 0
    while session.offset < blob.size {
      let length = min(max(registry.pieceSize, session.leastPiece), blob.size - session.offset)
      let end = session.offset + length
      let before = session.offset
      do {
        let response = try await registry.send(
          .patch, session.location,
          headers: [
            ("Content-Type", MediaType.bytes), ("Content-Range", "\(session.offset)-\(end - 1)"),
          ], body: body(from: session.offset, length: length))
        if [404, 405, 501].contains(response.status), session.offset == 0 { return false }
        try await take(response, end: end, into: &session)
      } catch let error as ArtifactError where error.isBrokenConnection {
        try await askForState(of: &session, because: error.description)
      }
      failures = session.offset > before ? 0 : failures + 1
      if failures == Self.attempts {
        throw Broken(reason: "the registry takes nothing more at byte \(before)", wait: nil)
      }
    }
    return true
  }

  /// What the registry says to a piece: where the next one goes, or that it has come to another byte.
  private func take(_ response: HTTPResponse, end: Int64, into session: inout Session) async throws {
    switch response.status {
    case 202, 201, 204:
      session.location = try location(in: response)
      session.offset = Self.received(response) ?? end
      guard session.offset <= end else {
        throw Broken(reason: "the registry has more than was sent", wait: nil)
      }
    case 416: try await askForState(of: &session, because: "the registry expects another piece")
    case 408, 429, 500...:
      try await registry.fetcher.settings.sleep(min(response.retryAfter ?? .seconds(1), .seconds(60)))
      try await askForState(of: &session, because: "the registry answered \(response.status)")
    case 404: throw Broken(reason: "the upload was forgotten", wait: nil)
    default: throw registry.refused("the upload of \(blob.digest)", response)
    }
  }

  private func askForState(of session: inout Session, because reason: String) async throws {
    session.wasBroken = true
    let response = try await registry.send(.get, session.location)
    guard response.isSuccess else { throw Broken(reason: reason, wait: response.retryAfter) }
    session.location = try location(in: response, or: session.location)
    session.offset = Self.received(response) ?? 0
    guard session.offset <= blob.size else { throw Broken(reason: reason, wait: nil) }
  }

  /// Sends what is missing, if that is all of it, and says which digest the whole has.
  private func finish(_ session: Session) async throws {
    let separator = session.location.contains("?") ? "&" : "?"
    let isWhole = session.offset == 0
    let response: HTTPResponse
    do {
      response = try await registry.send(
        .put, "\(session.location)\(separator)digest=\(encodingPercent(blob.digest.description))",
        headers: [("Content-Type", MediaType.bytes)],
        body: isWhole ? body(from: 0, length: blob.size) : .bytes([]), isRepeatable: false)
    } catch let error as ArtifactError where error.isBrokenConnection {
      // What came of it can be asked.
      if try await registry.has(blob) { return }
      throw Broken(reason: error.description, wait: nil)
    }
    switch response.status {
    case 201, 204:
      if let text = response.headers["docker-content-digest"], text != blob.digest.description {
        throw RegistryError.malformed(
          "the upload of \(blob.digest) to '\(registry.repository)'",
          reason: "the registry says it has '\(text)'")
      }
    case 400 where response.hasRefusal(["DIGEST_INVALID"]) && !session.wasBroken:
      throw PublishError.changedBytes(blob.name)
    case 400 where response.hasRefusal(["DIGEST_INVALID"]), 404, 408, 416, 429, 500...:
      throw Broken(reason: "the registry answered \(response.status)", wait: response.retryAfter)
    default: throw registry.refused("the upload of \(blob.digest)", response)
    }
  }

  private func body(from offset: Int64, length: Int64) -> HTTPRequest.Body {
    switch bytes {
    case .bytes(let bytes): .bytes(Array(bytes[Int(offset)..<Int(offset + length)]))
    case .file(let path, let start): .file(path, offset: start + offset, length: length)
    }
  }

  /// The last byte that is there, plus one: `Range: 0-99` or, with some, `bytes=0-99`.
  private static func received(_ response: HTTPResponse) -> Int64? {
    guard let range = response.headers["range"],
      let match = range.wholeMatch(of: #/(?:bytes=)?0-(\d{1,18})/#), let last = Int64(match.1)
    else { return nil }
    // An empty upload is told as 0-0 by some, which may also be one byte.
    return last == 0 ? 0 : last + 1
  }

  private func location(in response: HTTPResponse, or known: String? = nil) throws -> String {
    func bad(_ reason: String) -> RegistryError {
      .badLocation(repository: registry.repository.description, reason: reason)
    }
    guard let text = response.headers["location"] else {
      guard let known else { throw bad("it names no place") }
      return known
    }
    guard let base = WebURL(parsing: registry.repository.address), var url = base.resolving(text),
      ["http", "https"].contains(url.scheme)
    else { throw bad("'\(redacting(text).prefix { $0 != "?" })' is no address") }
    guard url.scheme == "https" || base.scheme == "http" else { throw bad("without encryption") }
    url.userInfo = nil
    url.fragment = nil
    return url.description
  }
}

extension ArtifactError {
  /// Whether nothing is known of what came of a request.
  fileprivate var isBrokenConnection: Bool {
    switch self {
    case .unreachable, .interrupted, .stalled, .transfer: true
    default: false
    }
  }
}
