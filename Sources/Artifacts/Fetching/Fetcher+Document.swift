import Model
import Synchronization
import SystemPackage

extension Fetcher {
  /// A page, as it is now.
  ///
  /// It is asked for once a process and kept in the cache: the next process asks only whether it has changed, where
  /// the server gives it something to ask with, and an offline one takes it as it is.
  ///
  /// `accept` is the Accept header, for a server that has more than one form of the page.
  package func document(_ url: String, accept: String? = nil) async throws -> Document {
    let address = try address(url)
    let key = Digest.sha256(of: "document\n\(address)\n\(accept ?? "")").hex
    let cached = CachedDocument(at: store.pages.appending(key))
    return try await documents.run(key) {
      let known = try await blocking { _ in try cached.read() }
      if let known, settings.offline || freshDocuments.withLock({ $0.contains(key) }) {
        return known.document
      }
      if settings.offline { throw ArtifactError.offline("'\(address)'") }

      let document = try await retrying { try await request(address, accept, known) }
      try await blocking { [store] _ in
        try store.prepare()
        try cached.write(document, drafts: store.drafts)
      }
      _ = freshDocuments.withLock { $0.insert(key) }
      return document.document
    }
  }

  private func request(_ url: WebURL, _ accept: String?, _ known: CachedDocument.Content?) async throws
    -> CachedDocument.Content
  {
    var headers = accept.map { ["Accept: \($0)"] } ?? []
    if let tag = known?.head.etag { headers.append("If-None-Match: \(tag)") }
    if let date = known?.head.lastModified { headers.append("If-Modified-Since: \(date)") }
    let body = DocumentBody(url: url.description)
    let (result, final) = try await exchange(url, headers: headers, acceptsCompression: true, into: body)
    if result.head.status == 304, let known { return known }
    guard (200..<300).contains(result.head.status) else {
      throw ArtifactError.status(url: url.description, code: result.head.status, retryAfter: nil)
    }
    let fields = result.head.headers
    let head = CachedDocument.Head(
      url: final.description, contentType: url.scheme == "file" ? "" : fields["content-type"] ?? "",
      etag: fields["etag"], lastModified: fields["last-modified"])
    return CachedDocument.Content(head: head, bytes: body.bytes)
  }
}

/// The body of a page, in memory, up to a limit that no page should reach.
private final class DocumentBody: BodySink {
  private static let limit: Int64 = 256 << 20
  private let url: String
  private let content = Mutex<[UInt8]>([])

  init(url: String) { self.url = url }

  var bytes: [UInt8] { content.withLock { $0 } }

  func begin(_ head: ResponseHead) { content.withLock { $0 = [] } }

  func receive(_ piece: UnsafeRawBufferPointer) throws {
    try content.withLock { bytes in
      guard Int64(bytes.count + piece.count) <= Self.limit else {
        throw ArtifactError.tooLarge(url: url, limit: Self.limit)
      }
      bytes.append(contentsOf: piece)
    }
  }
}
