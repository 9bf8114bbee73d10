import Artifacts
import Model
import Publish
import Synchronization
import SystemPackage
import TestSupport
import Testing

@Suite("Buckets: hostile servers")
struct S3HostileTests {
  private func error(
    _ answer: @escaping @Sendable (LoopbackServer.Request) -> LoopbackServer.Response?
  ) async throws -> any UserFacingError {
    let s3 = try FakeS3(misbehaves: answer)
    let found = Mutex<(any Error)?>(nil)
    try await withPublishScene(retries: 1) { scene in
      let bundle = try await scene.bundle(of: ["numpy"])
      do {
        _ = try await scene.publisher(to: s3.store(scene)).publish([bundle])
      } catch {
        found.withLock { $0 = error }
      }
      // Whatever went wrong, what can be read is whole.
      if s3.objects["cat/index.json"] != nil { #expect(try await S3Store.reading(s3, scene).isWhole()) }
    }
    let error = try #require(found.withLock { $0 } as? any UserFacingError)
    #expect(!"\(error) \(error.hint ?? "") \(String(reflecting: error))".contains("hidden-secret"))
    return error
  }

  @Test(
    "a refusal says what the store said, and what to do",
    arguments: [
      (403, "AccessDenied", "may list, read and write"),
      (403, "SignatureDoesNotMatch", "AWS_SECRET_ACCESS_KEY"),
      (403, "InvalidAccessKeyId", "AWS_ACCESS_KEY_ID"), (400, "ExpiredToken", "AWS_SESSION_TOKEN"),
      (404, "NoSuchBucket", "make the bucket first"), (503, "SlowDown", "try again"),
      (500, "InternalError", "try again"), (429, "TooManyRequests", "try again"),
      (400, "AuthorizationHeaderMalformed", "region"), (501, "NotImplemented", "conditional writes"),
      (507, "XMinioStorageFull", "make room"),
    ])
  func refusals(status: Int, code: String, hint: String) async throws {
    let error = try await error { $0.method == "PUT" ? FakeS3.refusal(status, code) : nil }
    #expect("\(error)".contains("answered \(status) (\(code): no & no)"))
    #expect(error.hint?.contains(hint) == true, "\(error.hint ?? "")")
  }

  @Test("keys that may not even read are told at once, whatever was asked for")
  func refusesReading() async throws {
    let error = try await error { _ in FakeS3.refusal(403, "AccessDenied") }
    #expect("\(error)".contains("'http://127.0.0.1:") && "\(error)".contains("AccessDenied"))
  }

  @Test("a clock that is wrong is told with the store's")
  func tellsSkew() async throws {
    let error = try await error { request in
      guard request.method == "PUT" else { return nil }
      var answer = FakeS3.refusal(403, "RequestTimeTooSkewed")
      answer.headers["Date"] = "Sat, 21 Nov 2026 16:00:00 GMT"
      return answer
    }
    #expect(error.hint == "set this machine's clock: the store's says Sat, 21 Nov 2026 16:00:00 GMT")
  }

  @Test("a region that is wrong is told with the right one")
  func tellsRegion() async throws {
    let error = try await error { _ in
      .init(
        status: 301, headers: ["x-amz-bucket-region": "eu-west-1"],
        body: Array("<Error><Code>PermanentRedirect</Code></Error>".utf8))
    }
    #expect(error.hint?.contains("add region=eu-west-1") == true)
  }

  @Test("a store that asks to wait is waited for", arguments: [429, 503])
  func waits(status: Int) async throws {
    let s3 = try FakeS3 { request in
      request.method == "PUT" && request.number == 0
        ? .status(status, headers: ["Retry-After": "7"]) : nil
    }
    try await withPublishScene { scene in
      let store = try s3.store(scene)
      _ = try await scene.publisher(to: store).publish([try await scene.bundle(of: ["numpy"])])
      #expect(try await store.isWhole())
    }
  }

  @Test(
    "a connection that is cut in any phase is an error or is got over, and running again finishes",
    arguments: ["objects/", "index.json", "index.html", "GET"])
  func survivesCuts(phase: String) async throws {
    let isBroken = Atomic(true)
    let s3 = try FakeS3 { request in
      let isMeant = request.method == phase || (request.method == "PUT" && request.path.contains(phase))
      return isMeant && isBroken.load(ordering: .relaxed)
        ? .bytes([1, 2, 3], delivery: .truncated(after: 0)) : nil
    }
    try await withPublishScene(retries: 1) { scene in
      let store = try s3.store(scene)
      let bundle = try await scene.bundle(of: ["numpy", "scipy"])
      await #expect(throws: ArtifactError.self) {
        try await scene.publisher(to: store).publish([bundle])
      }
      isBroken.store(false, ordering: .relaxed)
      if s3.objects["cat/index.json"] != nil { #expect(try await store.isWhole()) }
      _ = try await scene.publisher(to: store).publish([bundle])
      #expect(try await store.isWhole())
      #expect(s3.objects["cat/index.html"] != nil)
    }
  }

  @Test("an answer that was lost after the index was written is recognised as ours")
  func recognisesOwnWrite() async throws {
    let s3 = try FakeS3()
    try await withPublishScene { scene in
      let store = try s3.store(scene)
      _ = try await store.replace("index.json", with: [1], ifTag: nil)
      // The second try of a write whose answer was lost meets what the first has written.
      #expect(try await store.replace("index.json", with: [1], ifTag: nil))
      #expect(try await !store.replace("index.json", with: [2], ifTag: nil))
    }
  }

  @Test("what is neither XML nor short does no harm")
  func survivesGarbage() async throws {
    let error = try await error { request in
      request.method == "PUT"
        ? .init(status: 400, body: Array("<Error><Code>".utf8) + sampleBytes(100_000)) : nil
    }
    #expect("\(error)".utf8.count < 1_000)
  }

  @Test("without keys nothing is signed")
  func asksWithoutKeys() async throws {
    let s3 = try FakeS3()
    try await withPublishScene { scene in
      let index = try await s3.store(scene, environment: [:]).index()
      #expect(index == nil)
      #expect(s3.server.requests.allSatisfy { $0.headers["authorization"] == nil })
    }
  }
}

extension S3Store {
  static func reading(_ s3: FakeS3, _ scene: PublishScene) throws -> S3Store { try s3.store(scene) }
}
