import Artifacts
import Model

extension S3Store {
  /// How much each part has but the last, in bytes; the same for every run, so that one can go on with another's parts.
  private static let partSize: Int64 = 16 << 20
  private static let partLimit: Int64 = 10_000
  private static let partWidth = 4

  /// Sends a large object in parts; those that an earlier run has sent are there and stay.
  func putInParts(_ object: ObjectReference, from bytes: ObjectBytes) async throws -> Bool {
    let partSize = max(Self.partSize, (object.size + Self.partLimit - 1) / Self.partLimit)
    let digests = try await blocking { cancellation in
      try bytes.digests(of: object, partSize: partSize, cancellation)
    }
    guard digests.whole == object.digest else { throw PublishError.changedBytes(bytes.name(of: object)) }
    let upload: String
    if let open = try await openUpload(of: object.name) {
      upload = open
    } else {
      upload = try await beginUpload(of: object.name)
    }
    do {
      let known = try await parts(of: object.name, upload)
      let tags = try await digests.parts.indices.concurrentMap(width: Self.partWidth) { index in
        let offset = Int64(index) * partSize
        let length = min(partSize, object.size - offset)
        if let part = known[index + 1], part.size == length { return part.tag }
        return try await send(
          part: index + 1, of: object, upload, bytes.body(offset: offset, length: length),
          payload: digests.parts[index])
      }
      return try await finish(object, upload, tags: tags)
    } catch let refusal as S3Refusal {
      // Another publisher may have finished the same upload.
      return try await wasThere(object, refusal, bytes)
    }
  }

  private func openUpload(of name: String) async throws -> String? {
    let key = access.key(of: name)
    let response = try await send(.get, nil, query: [("prefix", key), ("uploads", "")])
    guard response.isSuccess else { throw S3Refusal(response) }
    let uploads = S3Answer(response.body).all("Upload").filter { $0["Key"] == key }
    return uploads.max { ($0["Initiated"] ?? "") < ($1["Initiated"] ?? "") }?["UploadId"]
  }

  private func beginUpload(of name: String) async throws -> String {
    let response = try await send(
      .post, name, query: [("uploads", "")],
      headers: [("Content-Type", "application/octet-stream"), Self.forEver])
    guard response.isSuccess, let upload = S3Answer(response.body)["UploadId"] else {
      throw S3Refusal(response)
    }
    return upload
  }

  /// The parts that have arrived, by number.
  private func parts(of name: String, _ upload: String) async throws -> [Int: (size: Int64, tag: String)] {
    var found: [Int: (size: Int64, tag: String)] = [:]
    var marker: String?
    repeat {
      var query = [(name: "uploadId", value: upload)]
      if let marker { query.append((name: "part-number-marker", value: marker)) }
      let response = try await send(.get, name, query: query)
      guard response.isSuccess else { throw S3Refusal(response) }
      let answer = S3Answer(response.body)
      for part in answer.all("Part") {
        guard let number = part["PartNumber"].flatMap({ Int($0) }), let tag = part["ETag"],
          let size = part["Size"].flatMap({ Int64($0) })
        else { continue }
        found[number] = (size, tag)
      }
      marker = answer["IsTruncated"] == "true" ? answer["NextPartNumberMarker"] : nil
    } while marker != nil
    return found
  }

  private func send(
    part number: Int, of object: ObjectReference, _ upload: String, _ body: HTTPRequest.Body, payload: Digest
  ) async throws -> String {
    let response = try await send(
      .put, object.name, query: [("partNumber", "\(number)"), ("uploadId", upload)], body: body,
      payload: payload)
    guard response.isSuccess, let tag = response.headers["etag"] else { throw S3Refusal(response) }
    return tag
  }

  /// Makes one object of the parts; false when it is there already.
  private func finish(_ object: ObjectReference, _ upload: String, tags: [String]) async throws -> Bool {
    let parts = tags.enumerated().map { number, tag in
      "<Part><PartNumber>\(number + 1)</PartNumber><ETag>\(escapingMarkup(tag))</ETag></Part>"
    }
    let body = Array("<CompleteMultipartUpload>\(parts.joined())</CompleteMultipartUpload>".utf8)
    let response = try await send(
      .post, object.name, query: [("uploadId", upload)],
      headers: [("Content-Type", "application/xml"), ("If-None-Match", "*")], body: .bytes(body),
      payload: .sha256(of: body))
    // A store that notices a problem while it works has answered 200 by then.
    guard response.isSuccess, S3Answer(response.body).all("Error").isEmpty else {
      let refusal = S3Refusal(response)
      if refusal.status == 412 { try await abort(object.name, upload) }
      throw refusal
    }
    return true
  }

  private func abort(_ name: String, _ upload: String) async throws {
    let response = try await send(.delete, name, query: [("uploadId", upload)])
    guard response.isSuccess || response.status == 404 else { throw S3Refusal(response) }
  }

  package func removeDrafts(olderThan time: Int64) async throws {
    let prefix = access.key(of: "objects/")
    let response = try await send(.get, nil, query: [("prefix", prefix), ("uploads", "")])
    guard response.isSuccess else { throw S3Refusal(response) }
    for upload in S3Answer(response.body).all("Upload") {
      guard let key = upload["Key"], key.hasPrefix(prefix), let id = upload["UploadId"],
        let begun = upload["Initiated"].flatMap(seconds(ofISO8601:)), begun < time
      else { continue }
      try await abort("objects/" + key.dropFirst(prefix.count), id)
    }
  }
}
