import Model
import Synchronization
import SystemPackage

extension Fetcher {
  /// How many new bytes make failures count anew: a big file over a bad line ends some time.
  private static let advance: Int64 = 1 << 20

  /// What the store already has of it; for a file without a digest, what it had when it was last fetched.
  ///
  /// Without a digest the cache is asked only when offline: nobody promised that the file stays as it is.
  func stored(_ file: RemoteFile) async throws -> StoredArtifact? {
    if let digest = file.digest { return try await store.find(digest) }
    guard settings.offline else { return nil }
    let record = self.record(of: file)
    return try await blocking { [store] _ in
      guard FileIdentity(at: record) != nil else { return nil }
      let text = String(decoding: try readFile(record), as: UTF8.self)
      // A record that can't be read is as good as none.
      guard let digest = try? Digest(parsing: text) else { return nil }
      return try store.findNow(digest)
    }
  }

  func download(_ file: RemoteFile, _ step: Step) async throws -> StoredArtifact {
    let urls = try file.urls.map { try address($0) }
    let progress = ProgressReport(step, to: events)
    let partial = try await blocking { [store] cancellation in
      try store.prepare()
      return try PartialFile(
        at: store.drafts.appending(file.partialName), expectedSize: file.size, cancellation: cancellation,
        report: { progress.report($0, of: $1) })
    }
    // Another process may have had the partial file, and finished it, while this one waited.
    if let digest = file.digest, let stored = try await store.find(digest) { return stored }

    var errors: [ArtifactError] = []
    for url in urls {
      do {
        return try await download(file, from: url, into: partial)
      } catch let error as ArtifactError {
        errors.append(error)
      }
    }
    throw errors.count == 1 ? errors[0] : ArtifactError.everyAddressFailed(name: file.name, errors)
  }

  private func download(_ file: RemoteFile, from url: WebURL, into partial: PartialFile) async throws
    -> StoredArtifact
  {
    // Without a digest, only what this very run has got from this URL may be continued.
    if file.digest == nil || url.scheme == "file" { try partial.reset() }
    let wasResumed = partial.length > 0
    do {
      return try await receive(file, from: url, into: partial)
    } catch let error as ArtifactError where error.isAboutContent && wasResumed {
      // Bytes of an earlier run may be to blame: once more, all of it.
      return try await receive(file, from: url, into: partial)
    }
  }

  /// Fetches what is missing, trying again where that may help, and stores the file; a wrong one is forgotten.
  private func receive(_ file: RemoteFile, from url: WebURL, into partial: PartialFile) async throws
    -> StoredArtifact
  {
    var before = partial.length
    do {
      try await retrying {
        defer { before = partial.length }
        return partial.length - before >= Self.advance
      } _: {
        try await fill(partial, file, from: url)
      }
      if let size = file.size, partial.length != size {
        throw ArtifactError.wrongSize(url: url.description, expected: size, got: partial.length)
      }
    } catch PartialFile.Mismatch.tooLong(let length) {
      try partial.reset()
      throw ArtifactError.wrongSize(url: url.description, expected: file.size ?? 0, got: length)
    } catch let error as ArtifactError {
      if case .wrongSize = error { try partial.reset() }
      throw error
    }
    return try await settle(partial, file, from: url)
  }

  /// One try to get the rest of the file.
  private func fill(_ partial: PartialFile, _ file: RemoteFile, from url: WebURL) async throws {
    if partial.length > 0, partial.length == file.size { return }
    var headers: [String] = []
    if partial.length > 0 {
      if file.digest != nil {
        headers = ["Range: bytes=\(partial.length)-"]
      } else if let validator = partial.validator {
        headers = ["Range: bytes=\(partial.length)-", "If-Range: \(validator)"]
      }
    }
    do {
      let (result, _) = try await exchange(url, headers: headers, into: partial)
      if result.head.status != 416 {
        // A body without an announced length ends wherever the connection does.
        if let size = file.size, partial.length < size, result.length == nil {
          throw ArtifactError.interrupted(url: url.description, reason: "the body ended early")
        }
        return
      }
      // The server has no such range: what is here is complete, or of another version of the file.
    } catch PartialFile.Mismatch.otherRange {}
    try partial.reset()
    let (result, _) = try await exchange(url, into: partial)
    guard result.head.status != 416 else {
      throw ArtifactError.status(url: url.description, code: 416, retryAfter: nil)
    }
  }

  private func settle(_ partial: PartialFile, _ file: RemoteFile, from url: WebURL) async throws
    -> StoredArtifact
  {
    let digest = partial.digest()
    guard file.digest ?? digest == digest else {
      try partial.reset()
      throw ArtifactError.wrongDigest(url: url.description, expected: file.digest ?? digest, got: digest)
    }
    let record = file.digest == nil ? self.record(of: file) : nil
    return try await blocking { [store] _ in
      if let record {
        try makeDirectory(record.removingLastComponent())
        try DraftFile(in: store.drafts).finish(digest.hex.utf8, at: record)
      }
      return try store.adopt(partial, as: digest)
    }
  }

  /// Where it is written down which file a URL had, for files whose digest nobody said.
  private func record(of file: RemoteFile) -> FilePath {
    let key = Digest.sha256(of: "artifact\n" + file.urls.map(redacting).joined(separator: "\n"))
    return store.pages.appending(key.hex)
  }
}

extension RemoteFile {
  fileprivate var partialName: String {
    digest?.hex ?? "url-" + Digest.sha256(of: urls.map(redacting).joined(separator: "\n")).hex
  }
}

extension ArtifactError {
  /// Whether a file came, but another one than was asked for.
  fileprivate var isAboutContent: Bool {
    switch self {
    case .wrongDigest, .wrongSize: true
    default: false
    }
  }
}
