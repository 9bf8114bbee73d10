import Artifacts
import Model
import Publish
import Synchronization
import SystemPackage
import TestSupport

/// Enough of S3 for what a store of ours asks of it, in memory, on a loopback server that can misbehave.
final class FakeS3: Sendable {
  struct Content: Sendable {
    var objects: [String: [UInt8]] = [:]
    var uploads: [String: [Int: [UInt8]]] = [:]
  }

  private let content = Mutex(Content())
  let server: LoopbackServer

  /// `misbehaves` may answer instead.
  init(
    misbehaves: @escaping @Sendable (LoopbackServer.Request) -> LoopbackServer.Response? = { _ in nil }
  ) throws {
    let handler = Mutex<LoopbackServer.Handler?>(nil)
    server = try LoopbackServer { request in
      misbehaves(request) ?? handler.withLock { $0 }?(request) ?? .status(500)
    }
    handler.withLock { handler in handler = { [weak self] request in self?.answer(request) ?? .status(500) } }
  }

  var objects: [String: [UInt8]] { content.withLock { $0.objects } }
  var uploadCount: Int { content.withLock { $0.uploads.count } }

  func store(_ scene: PublishScene, environment: [String: String] = FakeS3.keys) throws -> S3Store {
    let url = "s3://bucket/cat?endpoint=\(server.url(""))"
    guard case .bucket(let bucket) = try DestinationURL(parsing: url, relativeTo: "/").kind else {
      throw PublishError.unsuitable(url, for: "test")
    }
    return S3Store(try S3Access(bucket, environment: environment), fetcher: scene.fetcher)
  }

  static let keys = ["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "hidden-secret"]

  private func answer(_ request: LoopbackServer.Request) -> LoopbackServer.Response {
    let parts = request.path.split(separator: "?", maxSplits: 1)
    let key = String(parts[0].dropFirst("/bucket/".count))
    var query: [String: String] = [:]
    for pair in parts.dropFirst().joined().split(separator: "&") {
      let words = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      query[String(words[0])] = words.dropFirst().joined().replacing("%2F", with: "/")
    }
    let wishes = query
    return content.withLock { content in
      if key.isEmpty { return Self.list(content, wishes) }
      if wishes["uploads"] != nil || wishes["uploadId"] != nil {
        return Self.upload(request, key, wishes, &content)
      }
      return Self.object(request, key, &content)
    }
  }

  private static func tag(_ bytes: [UInt8]) -> String { "\"\(Digest.sha256(of: bytes).hex.prefix(32))\"" }

  static func refusal(_ status: Int, _ code: String) -> LoopbackServer.Response {
    .init(
      status: status, body: Array("<Error><Code>\(code)</Code><Message>no &amp; no</Message></Error>".utf8))
  }

  private static func object(
    _ request: LoopbackServer.Request, _ key: String, _ content: inout Content
  ) -> LoopbackServer.Response {
    let there = content.objects[key]
    switch request.method {
    case "PUT":
      if request.headers["if-none-match"] == "*", there != nil { return refusal(412, "PreconditionFailed") }
      if let match = request.headers["if-match"], there.map(tag) != match {
        return refusal(412, "PreconditionFailed")
      }
      content.objects[key] = request.body
      return .status(200, headers: ["ETag": tag(request.body)])
    case "DELETE":
      content.objects[key] = nil
      return .status(204)
    default:
      guard let there else { return refusal(404, "NoSuchKey") }
      return .file(there, for: request, etag: tag(there))
    }
  }

  private static func upload(
    _ request: LoopbackServer.Request, _ key: String, _ query: [String: String], _ content: inout Content
  ) -> LoopbackServer.Response {
    if request.method == "POST", query["uploads"] != nil {
      content.uploads[key] = [:]
      return .text("<R><UploadId>id/\(key.count)</UploadId></R>")
    }
    guard var parts = content.uploads[key] else { return refusal(404, "NoSuchUpload") }
    switch request.method {
    case "PUT":
      parts[query["partNumber"].flatMap { Int($0) } ?? 0] = request.body
      content.uploads[key] = parts
      return .status(200, headers: ["ETag": tag(request.body)])
    case "GET":
      let items = parts.map {
        "<Part><PartNumber>\($0.key)</PartNumber><ETag>\(tag($0.value))</ETag><Size>\($0.value.count)</Size></Part>"
      }
      return .text("<R>\(items.joined())<IsTruncated>false</IsTruncated></R>")
    case "POST":
      content.uploads[key] = nil
      if content.objects[key] != nil { return refusal(412, "PreconditionFailed") }
      content.objects[key] = parts.sorted { $0.key < $1.key }.flatMap(\.value)
      return .text("<CompleteMultipartUploadResult/>")
    default:
      content.uploads[key] = nil
      return .status(204)
    }
  }

  private static func list(_ content: Content, _ query: [String: String]) -> LoopbackServer.Response {
    let prefix = query["prefix"] ?? ""
    if query["uploads"] != nil {
      let items = content.uploads.keys.filter { $0.hasPrefix(prefix) }.map {
        "<Upload><Key>\($0)</Key><UploadId>id/\($0.count)</UploadId><Initiated>2026-01-02T03:04:05.000Z</Initiated></Upload>"
      }
      return .text("<R>\(items.joined())</R>")
    }
    // Two at a time.
    let keys = content.objects.keys.filter { $0.hasPrefix(prefix) }.sorted()
    let start = query["continuation-token"].flatMap { Int($0) } ?? 0
    let items = keys[start...].prefix(2).map {
      "<Contents><Key>\($0)</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified><Size>\(content.objects[$0]?.count ?? 0)</Size></Contents>"
    }
    let isTruncated = start + 2 < keys.count
    let next = isTruncated ? "<NextContinuationToken>\(start + 2)</NextContinuationToken>" : ""
    return .text("<R>\(items.joined())<IsTruncated>\(isTruncated)</IsTruncated>\(next)</R>")
  }
}
