package import Artifacts
import Model
package import SystemPackage

/// A part of a bucket that a catalogue lies in.
///
/// Requests are signed by libcurl (AWS Signature Version 4) and carry the digest of what they send, which the store
/// checks. Named files are swapped by `If-Match` and `If-None-Match`: the store has to know conditional writes.
package struct S3Store: ObjectStore {
  let access: S3Access
  let fetcher: Fetcher

  package init(_ access: S3Access, fetcher: Fetcher) {
    self.access = access
    self.fetcher = fetcher
  }

  package var place: String { access.place }

  package func read(_ name: String, range: Range<Int64>?, limit: Int64) async throws -> NamedBytes? {
    var headers: [(name: String, value: String)] = []
    if let range {
      guard !range.isEmpty else { return NamedBytes(bytes: [], tag: nil) }
      headers = [("Range", "bytes=\(range.lowerBound)-\(range.upperBound - 1)")]
    }
    let response = try await send(.get, name, headers: headers, limit: limit)
    if response.status == 416 { return NamedBytes(bytes: [], tag: nil) }
    guard try isThere(response) else { return nil }
    return NamedBytes(bytes: response.part(range), tag: response.headers["etag"])
  }

  @discardableResult
  package func download(
    _ object: ObjectReference, in name: String, at offset: Int64?, to path: FilePath,
    report: @escaping @Sendable (_ completed: Int64, _ total: Int64?) -> Void
  ) async throws -> SavedFile {
    let request = HTTPRequest(
      .get, access.url(ofKey: access.key(of: name)), authorization: access.authorization(payload: nil))
    let saved = SavedBytes(digest: object.digest, size: object.size, offset: offset)
    let (response, file) = try await fetcher.save(request, saved, to: path, report: report)
    guard try isThere(response), let file else { throw PublishError.missingObject(name, place: place) }
    return file
  }

  package func has(_ object: ObjectReference) async throws -> Bool {
    let response = try await send(.head, object.name)
    if response.isSuccess { return response.headers["content-length"] == String(object.size) }
    if response.status == 404 { return false }
    // An answer to HEAD has no body: one to GET says why.
    let reason = try await send(.get, object.name, headers: [("Range", "bytes=0-0")], limit: 1 << 20)
    guard try isThere(reason) else { return false }
    throw S3Refusal(response)
  }

  /// Whether an answer brings what was asked for; false when there is no such key.
  private func isThere(_ response: HTTPResponse) throws -> Bool {
    if response.isSuccess { return true }
    let refusal = S3Refusal(response)
    if response.status == 404, refusal.code != "NoSuchBucket" { return false }
    throw refusal
  }

  /// Sends a request about a name, or about the bucket.
  func send(
    _ method: HTTPRequest.Method, _ name: String?, query: [(name: String, value: String)] = [],
    headers: [(name: String, value: String)] = [], body: HTTPRequest.Body = .none, payload: Digest? = nil,
    limit: Int64 = 64 << 20
  ) async throws -> HTTPResponse {
    var request = HTTPRequest(
      method, access.url(ofKey: name.map { access.key(of: $0) }, query: query), headers: headers, body: body,
      authorization: access.authorization(payload: payload), answerLimit: Int(clamping: limit))
    // Beginning an upload twice leaves one that is never used; finishing one twice is told by what is there.
    request.isRepeatable = true
    return try await fetcher.send(request)
  }
}
