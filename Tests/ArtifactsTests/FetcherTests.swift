import Artifacts
import Dispatch
import Model
import SystemPackage
import TestSupport
import Testing

@Suite("Fetcher")
struct FetcherTests {
  private let bytes = sampleBytes(100_000)

  @Test("an artifact is fetched once, verified and stored under its digest")
  func fetches() async throws {
    let server = try LoopbackServer(files: ["/a.whl": bytes])
    try await withScene { scene in
      let file = remote(server.url("/a.whl"), bytes)
      let stored = try await scene.fetcher.artifact(file)
      #expect(stored.digest == .sha256(of: bytes))
      #expect(stored.size == 100_000)
      #expect(try readFile(stored.path) == bytes)
      #expect(try await scene.fetcher.artifact(file) == stored)
      #expect(try await scene.another().fetcher.artifact(file) == stored)
      #expect(server.count(of: "/a.whl") == 1)
      #expect(try listDirectory(scene.cache.appending("partial")) == [])
    }
  }

  @Test("the step is started, progresses to the whole size and ends with the size or as reused")
  func reports() async throws {
    let server = try LoopbackServer(files: ["/a.whl": bytes])
    try await withScene { scene in
      let file = remote(server.url("/a.whl"), bytes)
      _ = try await scene.fetcher.artifact(file)
      _ = try await scene.fetcher.artifact(file)
      let step = Step(.fetch, "a.whl")
      var lines: [String] = []
      for event in scene.log.events {
        switch event {
        case .started(step): lines.append("started")
        case .progressed(step, let completed, 100_000): if completed == 100_000 { lines.append("complete") }
        case .finished(step, .done(let text)): lines.append("done \(text ?? "")")
        case .finished(step, .reused(let text)): lines.append("reused \(text ?? "")")
        default: Issue.record("unexpected \(event)")
        }
      }
      #expect(lines == ["started", "complete", "done 100.0 kB", "started", "reused 100.0 kB"])
    }
  }

  @Test("an empty file is a file")
  func fetchesNothing() async throws {
    let server = try LoopbackServer(files: ["/empty": []])
    try await withScene { scene in
      let stored = try await scene.fetcher.artifact(remote(server.url("/empty"), []))
      #expect(try readFile(stored.path) == [])
    }
  }

  @Test("many files come in parallel")
  func fetchesMany() async throws {
    let files = Dictionary(uniqueKeysWithValues: (0..<40).map { ("/\($0)", sampleBytes(50_000, seed: $0)) })
    let server = try LoopbackServer(files: files)
    try await withScene { scene in
      let stored = try await files.map { $0 }.concurrentMap(width: 40) { path, bytes in
        try await scene.fetcher.artifact(remote(server.url(path), bytes))
      }
      #expect(Set(stored.map(\.digest)) == Set(files.values.map { Digest.sha256(of: $0) }))
      #expect(server.requests.count == 40)
    }
  }

  @Test("files come side by side from a server that can't send several over one connection")
  func fetchesSideBySide() async throws {
    let files = ["/a": sampleBytes(100, seed: 1), "/b": sampleBytes(100, seed: 2)]
    let arrivals = files.mapValues { _ in DispatchSemaphore(value: 0) }
    let server = try LoopbackServer { request in
      // Each is answered once the other has been asked for.
      arrivals[request.path == "/a" ? "/b" : "/a"]?.signal()
      guard arrivals[request.path]?.wait(timeout: .now() + 20) == .success else { return .status(404) }
      return .bytes(files[request.path] ?? [])
    }
    try await withScene { scene in
      let stored = try await files.map { $0 }.concurrentMap(width: 2) { path, bytes in
        try await scene.fetcher.artifact(remote(server.url(path), bytes))
      }
      #expect(Set(stored.map(\.digest)) == Set(files.values.map { Digest.sha256(of: $0) }))
    }
  }

  @Test("equal requests at once are fetched once")
  func fetchesEqualOnce() async throws {
    let bytes = bytes
    let server = try LoopbackServer { _ in
      .bytes(bytes, delivery: .slow(piece: 20_000, pause: .milliseconds(20)))
    }
    try await withScene { scene in
      let file = remote(server.url("/a"), bytes)
      _ = try await (0..<8).concurrentMap(width: 8) { _ in try await scene.fetcher.artifact(file) }
      #expect(server.requests.count == 1)
    }
  }

  @Test("two fetchers on one cache end in one good file, fetched once")
  func sharesCache() async throws {
    let bytes = bytes
    let server = try LoopbackServer { _ in
      .bytes(bytes, delivery: .slow(piece: 10_000, pause: .milliseconds(10)))
    }
    try await withScene { scene in
      let scenes = [scene, scene.another(), scene.another()]
      let file = remote(server.url("/a"), bytes)
      let stored = try await scenes.concurrentMap(width: 3) { try await $0.fetcher.artifact(file) }
      #expect(Set(stored).count == 1)
      #expect(try readFile(stored[0].path) == bytes)
      #expect(server.requests.count == 1)
    }
  }

  @Test("the next address is tried when one fails")
  func triesAddressesInOrder() async throws {
    let server = try LoopbackServer(files: ["/good": bytes, "/other": sampleBytes(100_000, seed: 2)])
    try await withScene { scene in
      let urls = ["/missing", "/other", "/good"].map { server.url($0) }
      let stored = try await scene.fetcher.artifact(RemoteFile(urls: urls, digest: .sha256(of: bytes)))
      #expect(try readFile(stored.path) == bytes)
      #expect(server.requests.map(\.path) == ["/missing", "/other", "/good"])
    }
  }

  @Test("when every address fails the error names each")
  func namesEveryAddress() async throws {
    let server = try LoopbackServer { _ in .status(404) }
    try await withScene { scene in
      let file = RemoteFile(urls: [server.url("/x"), server.url("/y")], digest: nil)
      let error = await #expect(throws: ArtifactError.self) { try await scene.fetcher.artifact(file) }
      #expect(error?.description.contains(server.url("/x")) == true)
      #expect(error?.description.contains(server.url("/y")) == true)
    }
  }

  @Test("a file: URL is read, and a missing file is named")
  func readsFiles() async throws {
    try await withScene { scene in
      try makeDirectory(scene.cache)
      let source = scene.cache.removingLastComponent().appending("a b.whl")
      try writeAtomically(bytes, to: source)
      let url = "file://\(source.string.replacing(" ", with: "%20"))"
      let stored = try await scene.fetcher.artifact(remote(url, bytes))
      #expect(try readFile(stored.path) == bytes)
      #expect(try await scene.fetcher.size(of: url) == 100_000)
      await #expect(throws: ArtifactError.missingFile(url: "file:///nowhere/a.whl")) {
        try await scene.fetcher.artifact(remote("file:///nowhere/a.whl", [1]))
      }
    }
  }

  @Test("a file without a known digest is fetched each time, and offline is what it last was")
  func fetchesWithoutDigest() async throws {
    let bytes = bytes
    let server = try LoopbackServer { .bytes($0.number == 0 ? [1] : bytes) }
    try await withScene { scene in
      let file = RemoteFile(urls: [server.url("/a")], digest: nil)
      let first = try await scene.fetcher.artifact(file)
      let second = try await scene.fetcher.artifact(file)
      let offline = try await scene.another(offline: true).fetcher.artifact(file)
      #expect([first.size, second.size] == [1, 100_000])
      #expect(offline == second)
    }
  }

  @Test("offline, what is not in the cache is named and nothing is asked")
  func saysWhatIsMissing() async throws {
    let server = try LoopbackServer(files: ["/numpy-2.2.6.whl": bytes])
    try await withScene(offline: true) { scene in
      let error = await #expect(throws: ArtifactError.self) {
        try await scene.fetcher.artifact(remote(server.url("/numpy-2.2.6.whl"), bytes))
      }
      #expect(error == .offline("'numpy-2.2.6.whl'"))
      #expect(error?.hint == "run once without --offline")
      #expect(server.requests.isEmpty)
    }
  }

  @Test("the size of a file is what HEAD says, and nil when the server won't")
  func asksSize() async throws {
    let bytes = bytes
    let server = try LoopbackServer { $0.path == "/a" ? .bytes(bytes) : .status(405) }
    try await withScene { scene in
      let sizes = try await ["/a", "/b"].concurrentMap(width: 1) {
        try await scene.fetcher.size(of: server.url($0))
      }
      #expect(sizes == [100_000, nil])
      #expect(server.requests.map(\.method) == ["HEAD", "HEAD"])
    }
  }
}
