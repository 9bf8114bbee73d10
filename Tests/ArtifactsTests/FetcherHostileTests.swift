import Artifacts
import Model
import SystemPackage
import TestSupport
import Testing

@Suite("Fetcher: hostile input")
struct FetcherHostileTests {
  private let bytes = sampleBytes(50_000)

  @Test("another file than promised is refused, with URL and both digests, and nothing is kept")
  func refusesWrongDigest() async throws {
    let other = sampleBytes(50_000, seed: 2)
    let server = try LoopbackServer(files: ["/a": other])
    try await withScene { scene in
      let error = await #expect(throws: ArtifactError.self) {
        try await scene.fetcher.artifact(remote(server.url("/a"), bytes))
      }
      let (expected, got) = (Digest.sha256(of: bytes), Digest.sha256(of: other))
      #expect(error == .wrongDigest(url: server.url("/a"), expected: expected, got: got))
      for part in [server.url("/a"), expected.hex, got.hex] {
        #expect(error?.description.contains(part) == true)
      }
      let partials = try listDirectory(scene.cache.appending("partial"))
      #expect(partials == [])
      #expect(!scene.store.contains(expected))
      #expect(!scene.store.contains(got))
      #expect(server.requests.count == 1)
    }
  }

  @Test("a body that goes on beyond the known size is cut off")
  func refusesTooLong() async throws {
    let endless = sampleBytes(5_000_000)
    let server = try LoopbackServer { _ in .bytes(endless) }
    try await withScene { scene in
      let error = await #expect(throws: ArtifactError.self) {
        try await scene.fetcher.artifact(remote(server.url("/a"), bytes))
      }
      guard case .wrongSize(_, 50_000, let got) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(got < 5_000_000)
      let partials = try listDirectory(scene.cache.appending("partial"))
      #expect(partials == [])
    }
  }

  @Test("a body that is shorter than the known size, though complete, is refused")
  func refusesTooShort() async throws {
    let server = try LoopbackServer { _ in .text("please log in") }
    try await withScene { scene in
      await #expect(throws: ArtifactError.wrongSize(url: server.url("/a"), expected: 50_000, got: 13)) {
        try await scene.fetcher.artifact(remote(server.url("/a"), bytes))
      }
    }
  }

  @Test("a body without length that ends early is continued")
  func continuesUnannounced() async throws {
    let bytes = bytes
    let server = try LoopbackServer { request in
      guard request.number == 0 else { return .file(bytes, for: request) }
      return .bytes(bytes, headers: ["Transfer-Encoding": "identity"], delivery: .truncated(after: 10_000))
    }
    try await withScene { scene in
      let stored = try await scene.fetcher.artifact(remote(server.url("/a"), bytes))
      #expect(try readFile(stored.path) == bytes)
      #expect(server.requests.last?.headers["range"] == "bytes=10000-")
    }
  }

  @Test("redirects are followed")
  func followsRedirects() async throws {
    let bytes = bytes
    let server = try LoopbackServer { request in
      switch request.path {
      case "/a": .redirect(to: "b/c?x=1", status: 301)
      case "/b/c?x=1": .redirect(to: "/d", status: 307)
      default: .bytes(bytes)
      }
    }
    try await withScene { scene in
      _ = try await scene.fetcher.artifact(remote(server.url("/a"), bytes))
      #expect(server.requests.map(\.path) == ["/a", "/b/c?x=1", "/d"])
    }
  }

  @Test("redirects in a circle end")
  func endsRedirectLoop() async throws {
    let server = try LoopbackServer { .redirect(to: $0.path == "/a" ? "/b" : "/a") }
    try await withScene { scene in
      await #expect(throws: ArtifactError.tooManyRedirects(url: server.url("/a"), limit: 10)) {
        try await scene.fetcher.artifact(remote(server.url("/a"), bytes))
      }
      #expect(server.requests.count == 11)
    }
  }

  @Test(
    "a redirect to something that is not http is refused",
    arguments: ["file:///etc/passwd", "ftp://127.0.0.1/a", "gopher://127.0.0.1/a"])
  func refusesRedirect(target: String) async throws {
    let server = try LoopbackServer { _ in .redirect(to: target) }
    try await withScene { scene in
      await #expect(throws: ArtifactError.refusedRedirect(url: server.url("/a"), target: target)) {
        try await scene.fetcher.artifact(remote(server.url("/a"), bytes))
      }
    }
  }

  @Test("something else than HTTP is an error that names the URL")
  func refusesNonsense() async throws {
    let server = try LoopbackServer { _ in .status(99_999) }
    try await withScene(retries: 0) { scene in
      let error = await #expect(throws: ArtifactError.self) {
        try await scene.fetcher.artifact(remote(server.url("/a"), bytes))
      }
      #expect(error?.description.contains(server.url("/a")) == true)
    }
  }

  @Test(
    "what is no URL is refused",
    arguments: ["", "a.whl", "ftp://h/a", "http://", "http://h/a b", "https//h/a"])
  func refusesNoURL(text: String) async throws {
    try await withScene { scene in
      await #expect(throws: ArtifactError.invalidURL(text)) {
        try await scene.fetcher.artifact(RemoteFile(urls: [text], digest: nil))
      }
    }
  }

  @Test("a damaged file in the store is reported, removed and fetched again")
  func replacesDamaged() async throws {
    let server = try LoopbackServer(files: ["/a": bytes])
    try await withScene { scene in
      let file = remote(server.url("/a"), bytes)
      let path = try await scene.fetcher.artifact(file).path
      var damaged = bytes
      damaged[20_000] ^= 1
      try writeAtomically(damaged, to: path)
      for fetcher in [scene.fetcher, scene.another().fetcher] {
        let stored = try await fetcher.artifact(file)
        #expect(try readFile(stored.path) == bytes)
      }
      #expect(server.requests.count == 2)
      #expect(scene.log.warnings.count == 1)
      #expect(scene.log.warnings.first?.contains(path.string) == true)
    }
  }

  @Test("a cache that can't be made is an error with its path")
  func reportsUnusableCache() async throws {
    let server = try LoopbackServer(files: ["/a": bytes])
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let file = directory.appending("file")
      try writeAtomically([], to: file)
      let scene = FetchScene(cache: file.appending("cache"))
      let error = await #expect(throws: FileError.self) {
        try await scene.fetcher.artifact(remote(server.url("/a"), bytes))
      }
      #expect(error?.description.contains("\(file.string)/cache") == true)
      #expect(server.requests.isEmpty)
    }
  }

  @Test("a full disk is said to be full, and is not tried again")
  func reportsFullDisk() async throws {
    let server = try LoopbackServer(files: ["/a": bytes])
    try await withScene { scene in
      let partials = scene.cache.appending("partial")
      try makeDirectory(partials)
      // /dev/full takes no byte: as if the disk were full.
      let place = partials.appending(Digest.sha256(of: bytes).hex)
      try makeSymbolicLink(to: "/dev/full", at: place)
      let error = await #expect(throws: FileError.self) {
        try await scene.fetcher.artifact(remote(server.url("/a"), bytes))
      }
      #expect(error?.code == .noSpace)
      #expect(error?.hint == "free some space, or choose another place")
      #expect(server.requests.count == 1)
    }
  }

  @Test("a cancelled fetch stops at once, and what has arrived is kept")
  func stopsWhenCancelled() async throws {
    let bytes = bytes
    let server = try LoopbackServer {
      .file(bytes, for: $0, delivery: $0.number == 0 ? .stalled(after: 20_000) : .whole)
    }
    try await withScene { scene in
      let file = remote(server.url("/a"), bytes)
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          await #expect(throws: CancellationError.self) { try await scene.fetcher.artifact(file) }
        }
        await scene.waitForPartial(of: bytes, size: 20_000)
        group.cancelAll()
      }
      _ = try await scene.another().fetcher.artifact(file)
      #expect(server.requests.map { $0.headers["range"] } == [nil, "bytes=20000-"])
    }
  }

  @Test("when the one that fetches is cancelled, another that waits for the same takes over")
  func takesOver() async throws {
    let bytes = bytes
    let server = try LoopbackServer {
      .file(bytes, for: $0, delivery: $0.number == 0 ? .stalled(after: 20_000) : .whole)
    }
    try await withScene { scene in
      let file = remote(server.url("/a"), bytes)
      try await withThrowingTaskGroup(of: Void.self) { outer in
        await withTaskGroup(of: Void.self) { group in
          group.addTask {
            await #expect(throws: CancellationError.self) { try await scene.fetcher.artifact(file) }
          }
          await scene.waitForPartial(of: bytes, size: 20_000)
          outer.addTask { _ = try await scene.fetcher.artifact(file) }
          group.cancelAll()
        }
        try await outer.waitForAll()
      }
      #expect(scene.store.contains(.sha256(of: bytes)))
    }
  }
}
