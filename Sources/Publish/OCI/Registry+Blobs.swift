import Artifacts
import Model
import SystemPackage

/// Blobs: bytes by their digest.
extension Registry {
  /// Whether a blob of this size is there.
  ///
  /// - Throws: `RegistryError.malformed` when it has another size than its digest allows.
  func has(_ blob: ObjectReference) async throws -> Bool {
    let response = try await send(.head, "/blobs/\(blob.digest)")
    if response.status == 404 { return false }
    guard response.isSuccess else { throw refused("the blob \(blob.digest)", response) }
    if let length = response.headers["content-length"].flatMap({ Int64($0) }), length != blob.size {
      throw RegistryError.malformed(
        "'\(blob.digest)' of '\(repository)'", reason: "it has \(length) bytes instead of \(blob.size)")
    }
    return true
  }

  /// A small blob; nil when it is not there.
  func bytes(of blob: ObjectReference, limit: Int64) async throws -> [UInt8]? {
    guard blob.size <= limit else {
      throw ArtifactError.tooLarge(url: "\(repository.address)/blobs/\(blob.digest)", limit: limit)
    }
    let response = try await send(.get, "/blobs/\(blob.digest)", limit: Int(blob.size))
    if response.status == 404 { return nil }
    guard response.isSuccess else { throw refused("the blob \(blob.digest)", response) }
    let found = Digest.sha256(of: response.body)
    guard found == blob.digest else { throw wrongDigest("a blob", blob.digest, found) }
    return response.body
  }

  /// Fetches a blob to a new file, which has its name only once its digest is right.
  ///
  /// - Returns: nil when it is not there.
  func download(
    _ blob: ObjectReference, to path: FilePath,
    report: @escaping @Sendable (_ completed: Int64, _ total: Int64?) -> Void
  ) async throws -> SavedFile? {
    let saved = SavedBytes(digest: blob.digest, size: blob.size)
    let request = HTTPRequest(
      .get, "\(repository.address)/blobs/\(blob.digest)", authorization: .none, answerLimit: 1 << 20)
    var file: SavedFile?
    let response = try await authorized(request) {
      let (response, saved) = try await self.fetcher.save($0, saved, to: path, report: report)
      file = saved
      return response
    }
    if response.status == 404 { return nil }
    guard let file else { throw refused("the blob \(blob.digest)", response) }
    return file
  }

  func refused(_ what: String, _ response: HTTPResponse) -> RegistryError {
    .refused(
      what, repository: repository.description, status: response.status, reason: response.refusalReason)
  }

  func wrongDigest(_ what: String, _ expected: Digest, _ got: Digest) -> RegistryError {
    .wrongDigest(what, repository: repository.description, expected: expected, got: got)
  }
}
