package import Model
package import SystemPackage

/// What to save of what is at a URL: all of it, or a part.
package struct SavedBytes: Sendable, Hashable {
  package let digest: Digest
  /// In bytes.
  package let size: Int64
  /// Where the bytes begin in the remote file; nil when they are all of it.
  package let offset: Int64?

  package init(digest: Digest, size: Int64, offset: Int64? = nil) {
    self.digest = digest
    self.size = size
    self.offset = offset
  }
}

extension Fetcher {
  /// How many new bytes make failures count anew, as for downloads into the cache.
  private static let advance: Int64 = 1 << 20

  /// Fetches a file, or a part of one, to a place outside the cache; it has its name only once its digest is right.
  ///
  /// What has arrived is kept beside the place, as `.<name>.partial`, and the next call asks for the rest. Trying again is
  /// as in `send`. An answer that is no success is returned without a file; after one, the file is in its place. It is not synced: who
  /// keeps it checks it again before using it.
  ///
  /// - Throws: `ArtifactError.noRanges` when a part was asked for and the whole was sent, `.wrongDigest`, `.wrongSize`,
  ///   `FileError` when the file can't be written.
  package func save(
    _ request: HTTPRequest, _ saved: SavedBytes, to path: FilePath,
    report: @escaping @Sendable (_ completed: Int64, _ total: Int64?) -> Void = { _, _ in }
  ) async throws -> (response: HTTPResponse, file: SavedFile?) {
    let url = try address(request.url)
    if settings.offline { throw ArtifactError.offline("'\(url)'") }
    let partial = try await blocking { cancellation in
      let directory = path.removingLastComponent()
      try makeDirectory(directory)
      return try PartialFile(
        at: directory.appending(".\(path.lastComponent?.string ?? "").partial"), base: saved.offset ?? 0,
        expectedSize: saved.size, cancellation: cancellation, report: report)
    }
    let wasResumed = partial.length > 0
    do {
      return try await fill(partial, request, at: url, saved, to: path)
    } catch ArtifactError.wrongDigest where wasResumed {
      // Bytes of an earlier run may be to blame: once more, all of it.
      return try await fill(partial, request, at: url, saved, to: path)
    }
  }

  private func fill(
    _ partial: PartialFile, _ request: HTTPRequest, at url: WebURL, _ saved: SavedBytes, to path: FilePath
  ) async throws -> (response: HTTPResponse, file: SavedFile?) {
    var before = partial.length
    let response: HTTPResponse
    do {
      response = try await retrying {
        defer { before = partial.length }
        return partial.length - before >= Self.advance
      } _: {
        try await receive(partial, request, at: url, saved)
      }
    } catch PartialFile.Mismatch.tooLong(let length) {
      try partial.reset()
      throw ArtifactError.wrongSize(url: url.description, expected: saved.size, got: length)
    } catch PartialFile.Mismatch.otherRange {
      try partial.reset()
      throw ArtifactError.noRanges(url: url.description)
    }
    guard response.isSuccess else { return (response, nil) }
    let digest = partial.digest()
    guard digest == saved.digest else {
      try partial.reset()
      throw ArtifactError.wrongDigest(url: url.description, expected: saved.digest, got: digest)
    }
    return try await blocking { _ in
      try partial.settle(at: path, permissions: 0o644, durably: false)
      return (response, SavedFile(path, hashedAs: digest))
    }
  }

  /// One try to get what is missing.
  private func receive(
    _ partial: PartialFile, _ request: HTTPRequest, at url: WebURL, _ saved: SavedBytes
  ) async throws -> HTTPResponse {
    var request = request
    let isPart = saved.offset != nil || partial.length > 0
    if isPart, saved.size > 0 {
      let base = saved.offset ?? 0
      let range = "bytes=\(base + partial.length)-\(base + saved.size - 1)"
      request.headers.append((name: "Range", value: range))
    }
    if partial.length == saved.size, saved.size > 0 {
      return HTTPResponse(status: 200, headers: [:], body: [], url: url.description, retryAfter: nil)
    }
    let body = SavingBody(
      partial, refusals: AnswerBody(url: url.description, limit: request.answerLimit),
      needsRange: saved.offset != nil, url: url.description)
    let (result, final) = try await exchange(request, at: url, into: body)
    let response = HTTPResponse(
      status: result.head.status, headers: result.head.headers, body: body.refusals.bytes,
      url: final.description, retryAfter: result.retryAfter)
    if response.error.isTransient { throw response.error }
    if response.isSuccess, partial.length < saved.size {
      throw ArtifactError.interrupted(url: url.description, reason: "the body ended early")
    }
    return response
  }
}

/// The body of a success goes into the file, that of a refusal into memory.
private final class SavingBody: BodySink {
  let refusals: AnswerBody
  private let partial: PartialFile
  private let needsRange: Bool
  private let url: String
  // The engine's thread has it, as it has the partial file.
  nonisolated(unsafe) private var isSuccess = false

  init(_ partial: PartialFile, refusals: AnswerBody, needsRange: Bool, url: String) {
    self.partial = partial
    self.refusals = refusals
    self.needsRange = needsRange
    self.url = url
  }

  func begin(_ head: ResponseHead) throws {
    isSuccess = (200..<300).contains(head.status)
    guard isSuccess else { return refusals.begin(head) }
    if needsRange, head.status != 206 { throw ArtifactError.noRanges(url: url) }
    try partial.begin(head)
  }

  func receive(_ piece: UnsafeRawBufferPointer) throws {
    if isSuccess { try partial.receive(piece) } else { try refusals.receive(piece) }
  }
}
