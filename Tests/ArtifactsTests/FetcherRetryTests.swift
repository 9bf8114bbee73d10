import Artifacts
import Model
import SystemPackage
import TestSupport
import Testing

@Suite("Fetcher: retry and resume")
struct FetcherRetryTests {
  private let bytes = sampleBytes(200_000)

  @Test("server errors are tried again, with a wait that doubles", arguments: [500, 502, 503, 429, 408])
  func retriesServerErrors(status: Int) async throws {
    let bytes = bytes
    let server = try LoopbackServer { $0.number < 3 ? .status(status) : .bytes(bytes) }
    try await withScene { scene in
      _ = try await scene.fetcher.artifact(remote(server.url("/a"), bytes))
      #expect(scene.log.waits == [.milliseconds(250), .milliseconds(500), .seconds(1)])
    }
  }

  @Test("after the last try the error has the status")
  func givesUp() async throws {
    let server = try LoopbackServer { _ in .status(503) }
    try await withScene { scene in
      await #expect(throws: ArtifactError.status(url: server.url("/a"), code: 503, retryAfter: nil)) {
        try await scene.fetcher.artifact(remote(server.url("/a"), bytes))
      }
      #expect(server.requests.count == 5)
    }
  }

  @Test("a server that says when is listened to, up to a minute", arguments: [(7, 7), (4000, 60)])
  func waitsAsAsked(asked: Int, waited: Int) async throws {
    let bytes = bytes
    let server = try LoopbackServer {
      $0.number == 0 ? .status(429, headers: ["Retry-After": "\(asked)"]) : .bytes(bytes)
    }
    try await withScene { scene in
      _ = try await scene.fetcher.artifact(remote(server.url("/a"), bytes))
      #expect(scene.log.waits == [.seconds(waited)])
    }
  }

  @Test("a no is not asked again", arguments: [400, 401, 403, 404, 410, 501])
  func acceptsNo(status: Int) async throws {
    let server = try LoopbackServer { _ in .status(status) }
    try await withScene { scene in
      let error = await #expect(throws: ArtifactError.self) {
        try await scene.fetcher.artifact(remote(server.url("/a"), bytes))
      }
      #expect(error == .status(url: server.url("/a"), code: status, retryAfter: nil))
      #expect(error?.description.contains(server.url("/a")) == true)
      #expect(server.requests.count == 1)
    }
  }

  @Test(
    "a transfer that breaks off is continued where it broke",
    arguments: [
      LoopbackServer.Response.Delivery.truncated(after: 150_000), .reset(after: 150_000),
      .stalled(after: 150_000),
    ])
  func continues(delivery: LoopbackServer.Response.Delivery) async throws {
    let bytes = bytes
    let server = try LoopbackServer { .file(bytes, for: $0, delivery: $0.number == 0 ? delivery : .whole) }
    try await withScene(stallTimeout: .milliseconds(300)) { scene in
      let stored = try await scene.fetcher.artifact(remote(server.url("/a"), bytes))
      #expect(try readFile(stored.path) == bytes)
      #expect(server.requests.map { $0.headers["range"] } == [nil, "bytes=150000-"])
    }
  }

  @Test("a server that says nothing at all is given up after the stall limit")
  func givesUpOnSilence() async throws {
    let server = try LoopbackServer { _ in LoopbackServer.Response(delivery: .silent) }
    try await withScene(retries: 0, stallTimeout: .milliseconds(300)) { scene in
      await #expect(throws: ArtifactError.stalled(url: server.url("/a"), after: .milliseconds(300))) {
        try await scene.fetcher.artifact(remote(server.url("/a"), bytes))
      }
    }
  }

  @Test("a connection that is refused is tried again, then named")
  func namesUnreachable() async throws {
    let port = try LoopbackServer { _ in .status(200) }.port
    try await withScene { scene in
      let url = "http://127.0.0.1:\(port)/a"
      let error = await #expect(throws: ArtifactError.self) {
        try await scene.fetcher.artifact(remote(url, bytes))
      }
      guard case .unreachable(url, _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(scene.log.waits.count == 4)
    }
  }

  @Test("another run continues what one has begun")
  func continuesInNextRun() async throws {
    let bytes = bytes
    let server = try LoopbackServer {
      .file(bytes, for: $0, delivery: $0.number == 0 ? .truncated(after: 120_000) : .whole)
    }
    try await withScene(retries: 0) { scene in
      let file = remote(server.url("/a"), bytes)
      await #expect(throws: ArtifactError.self) { try await scene.fetcher.artifact(file) }
      let stored = try await scene.another().fetcher.artifact(file)
      #expect(try readFile(stored.path) == bytes)
      #expect(server.requests.map { $0.headers["range"] } == [nil, "bytes=120000-"])
    }
  }

  @Test("bytes of an earlier run that don't belong to the file are thrown away")
  func startsOver() async throws {
    let server = try LoopbackServer(files: ["/a": bytes])
    try await withScene { scene in
      let file = remote(server.url("/a"), bytes)
      try leavePartial(sampleBytes(5000, seed: 9), of: bytes, in: scene)
      let stored = try await scene.fetcher.artifact(file)
      #expect(try readFile(stored.path) == bytes)
      #expect(server.requests.map { $0.headers["range"] } == ["bytes=5000-", nil])
    }
  }

  @Test("a complete partial file needs no request")
  func usesCompletePartial() async throws {
    let server = try LoopbackServer { _ in .status(500) }
    try await withScene { scene in
      try leavePartial(bytes, of: bytes, in: scene)
      let stored = try await scene.fetcher.artifact(remote(server.url("/a"), bytes))
      #expect(try readFile(stored.path) == bytes)
      #expect(server.requests.isEmpty)
    }
  }

  @Test("a partial file that is longer than the file, where the size is unknown, is thrown away (416)")
  func startsOverAfter416() async throws {
    let server = try LoopbackServer(files: ["/a": bytes])
    try await withScene { scene in
      try leavePartial(sampleBytes(300_000, seed: 9), of: bytes, in: scene)
      let stored = try await scene.fetcher.artifact(remote(server.url("/a"), bytes, size: false))
      #expect(try readFile(stored.path) == bytes)
    }
  }

  @Test("a server without ranges sends all of it again")
  func acceptsWhole() async throws {
    let bytes = bytes
    let server = try LoopbackServer {
      .bytes(bytes, delivery: $0.number == 0 ? .truncated(after: 9000) : .whole)
    }
    try await withScene { scene in
      let stored = try await scene.fetcher.artifact(remote(server.url("/a"), bytes))
      #expect(try readFile(stored.path) == bytes)
    }
  }

  @Test("a server that answers another range than was asked for is asked for all of it")
  func refusesOtherRange() async throws {
    let bytes = bytes
    let server = try LoopbackServer { request in
      guard request.headers["range"] != nil else {
        return .bytes(bytes, delivery: request.number == 0 ? .truncated(after: 9000) : .whole)
      }
      return .init(status: 206, headers: ["Content-Range": "bytes 0-99/200000"], body: Array(bytes[..<100]))
    }
    try await withScene { scene in
      let stored = try await scene.fetcher.artifact(remote(server.url("/a"), bytes))
      #expect(try readFile(stored.path) == bytes)
      #expect(server.requests.count == 3)
    }
  }

  @Test("without a digest a transfer is continued only if the file is still the same")
  func continuesWithValidator() async throws {
    let bytes = bytes
    let other = sampleBytes(200_000, seed: 5)
    let server = try LoopbackServer {
      $0.number == 0
        ? .file(bytes, for: $0, etag: "\"v1\"", delivery: .truncated(after: 9000))
        : .file(other, for: $0, etag: "\"v2\"")
    }
    try await withScene { scene in
      let stored = try await scene.fetcher.artifact(RemoteFile(urls: [server.url("/a")], digest: nil))
      #expect(try readFile(stored.path) == other)
      #expect(server.requests.last?.headers["if-range"] == "\"v1\"")
    }
  }

  private func leavePartial(_ partial: [UInt8], of bytes: [UInt8], in scene: FetchScene) throws {
    let directory = scene.cache.appending("partial")
    try makeDirectory(directory)
    try writeAtomically(partial, to: directory.appending(Digest.sha256(of: bytes).hex))
  }
}
