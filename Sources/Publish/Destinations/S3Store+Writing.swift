import Artifacts
import Model
import SystemPackage

extension S3Store {
  /// Larger objects are sent in parts, in bytes.
  static let partThreshold: Int64 = 64 << 20
  private static let width = 16

  package func put(_ object: ObjectReference, from bytes: ObjectBytes) async throws -> Bool {
    if object.size > Self.partThreshold { return try await putInParts(object, from: bytes) }
    let found = try await blocking { cancellation in
      try bytes.digests(of: object, partSize: object.size, cancellation).whole
    }
    guard found == object.digest else { throw PublishError.changedBytes(bytes.name(of: object)) }
    let response = try await send(
      .put, object.name,
      headers: [("If-None-Match", "*"), ("Content-Type", "application/octet-stream"), Self.forEver],
      body: bytes.body(offset: 0, length: object.size), payload: object.digest)
    if response.isSuccess { return true }
    return try await wasThere(object, S3Refusal(response), bytes)
  }

  /// What it means that an object was not taken: false when it is there already.
  func wasThere(_ object: ObjectReference, _ refusal: S3Refusal, _ bytes: ObjectBytes) async throws -> Bool {
    switch (refusal.status, refusal.code) {
    case (409, _), (412, _), (404, "NoSuchUpload"):
      if try await has(object) { return false }
      guard refusal.status == 412 else { throw refusal }
      throw PublishError.damagedObject(object.name, place: place)
    case (400, "XAmzContentSHA256Mismatch"), (400, "BadDigest"):
      throw PublishError.changedBytes(bytes.name(of: object))
    default: throw refusal
    }
  }

  package func replace(
    _ name: String, with bytes: [UInt8], ifTag tag: String?, requiring objects: [ObjectReference]
  ) async throws -> Bool {
    let areThere = try await objects.concurrentMap(width: Self.width) { try await has($0) }
    guard areThere.allSatisfy({ $0 }) else { return false }
    let condition = tag.map { ("If-Match", $0) } ?? ("If-None-Match", "*")
    let response = try await send(
      .put, name,
      headers: [condition, ("Content-Type", contentType(of: name)), ("Cache-Control", "no-cache")],
      body: .bytes(bytes), payload: .sha256(of: bytes))
    if response.isSuccess { return true }
    let refusal = S3Refusal(response)
    guard [404, 409, 412].contains(refusal.status), refusal.code != "NoSuchBucket" else { throw refusal }
    // An answer that was lost on its way makes the second try a refusal: what is there then is what was sent.
    return try await read(name, limit: .max)?.bytes == bytes
  }

  package func list(_ folder: String) async throws -> [StoredFile] {
    var files: [StoredFile] = []
    var token: String?
    let prefix = access.key(of: folder)
    repeat {
      try Task.checkCancellation()
      var query = [(name: "list-type", value: "2"), (name: "prefix", value: prefix)]
      if let token { query.append((name: "continuation-token", value: token)) }
      let response = try await send(.get, nil, query: query)
      guard response.isSuccess else { throw S3Refusal(response) }
      let answer = S3Answer(response.body)
      for item in answer.all("Contents") {
        guard let key = item["Key"], key.hasPrefix(prefix), let size = item["Size"].flatMap({ Int64($0) }),
          let modified = item["LastModified"].flatMap(seconds(ofISO8601:))
        else { continue }
        files.append(
          StoredFile(name: folder + key.dropFirst(prefix.count), size: size, modified: modified))
      }
      token = answer["IsTruncated"] == "true" ? answer["NextContinuationToken"] : nil
    } while token != nil
    return files
  }

  /// S3 can't make one step of looking and removing: the tag is looked at again for every few names.
  package func remove(_ names: [String], while name: String, hasTag tag: String?) async throws -> Bool {
    for start in stride(from: 0, to: names.count, by: 4 * Self.width) {
      let head = try await send(.head, name)
      guard (head.isSuccess ? head.headers["etag"] : nil) == tag else { return false }
      _ = try await names[start...].prefix(4 * Self.width).concurrentMap(width: Self.width) { name in
        let response = try await send(.delete, name)
        guard response.isSuccess || response.status == 404 else { throw S3Refusal(response) }
      }
    }
    return true
  }

  static let forEver = (name: "Cache-Control", value: "public, max-age=31536000, immutable")

  private func contentType(of name: String) -> String {
    if name.hasSuffix(".json") { return "application/json" }
    return name.hasSuffix(".html") ? "text/html; charset=utf-8" : "text/plain; charset=utf-8"
  }
}

extension ObjectBytes {
  /// A part of the object's bytes, as the body of a request.
  func body(offset: Int64, length: Int64) -> HTTPRequest.Body {
    switch self {
    case .bytes(let bytes): .bytes(Array(bytes[Int(offset)..<Int(offset + length)]))
    case .file(let path, let start): .file(path, offset: start + offset, length: length)
    }
  }

  /// The digest of an object's bytes, and of each of its parts; it blocks.
  func digests(
    of object: ObjectReference, partSize: Int64, _ cancellation: Cancellation
  ) throws -> (whole: Digest, parts: [Digest]) {
    switch self {
    case .bytes(let bytes):
      let parts = stride(from: 0, to: bytes.count, by: Int(max(partSize, 1))).map {
        Digest.sha256(of: Array(bytes[$0..<min($0 + Int(partSize), bytes.count)]))
      }
      return (.sha256(of: bytes), parts)
    case .file(let path, let offset):
      do {
        let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
        return try file.closeAfter {
          let whole = SHA256()
          var parts: [Digest] = []
          for start in stride(from: 0, to: object.size, by: Int64.Stride(max(partSize, 1))) {
            let part = SHA256()
            try file.pieces(from: offset + start, size: min(partSize, object.size - start)) { piece in
              try cancellation.check()
              whole.update(piece)
              part.update(piece)
            }
            parts.append(part.finish())
          }
          return (whole.finish(), parts)
        }
      } catch let error as Errno {
        throw FileError(verb: "read", path: path, cause: error)
      }
    }
  }
}
