import Artifacts
import Model
import SystemPackage
import TestSupport
import Testing

@Suite("Fetcher: credentials")
struct FetcherCredentialTests {
  private let bytes = sampleBytes(1000)
  /// `base64("user:p@ss")`.
  private let authorization = "Basic dXNlcjpwQHNz"

  @Test("a user name and password in a URL go into a header, and to all files of that server")
  func sendsUserInfo() async throws {
    let server = try LoopbackServer(files: ["/index": bytes, "/a": bytes])
    try await withScene { scene in
      let page = try await scene.fetcher.document(server.url("/index", user: "user:p%40ss"))
      #expect(page.url == server.url("/index"))
      _ = try await scene.fetcher.artifact(remote(server.url("/a"), bytes))
      #expect(server.requests.map { $0.headers["authorization"] } == [authorization, authorization])
    }
  }

  @Test("a redirect to another server does not take them along, and one back does")
  func keepsToOneServer() async throws {
    let bytes = bytes
    let other = try LoopbackServer { $0.path == "/a" ? .bytes(bytes) : .status(404) }
    let target = other.url("/a")
    let server = try LoopbackServer { $0.path == "/a" ? .redirect(to: "/b") : .redirect(to: target) }
    try await withScene { scene in
      _ = try await scene.fetcher.artifact(remote(server.url("/a", user: "user:p%40ss"), bytes))
      #expect(server.requests.map { $0.headers["authorization"] } == [authorization, authorization])
      #expect(other.requests.map { $0.headers["authorization"] } == [nil])
    }
  }

  @Test("user info in a redirect's target is not used and not shown")
  func ignoresUserInfoOfRedirect() async throws {
    let bytes = bytes
    let other = try LoopbackServer { _ in .bytes(bytes) }
    let target = other.url("/a", user: "evil:word")
    let server = try LoopbackServer { _ in .redirect(to: target) }
    try await withScene { scene in
      let document = try await scene.fetcher.document(server.url("/a"))
      #expect(document.url == other.url("/a"))
      #expect(other.requests.map { $0.headers["authorization"] } == [nil])
    }
  }

  @Test("netrc and the environment serve the hosts they name")
  func usesNetrc() async throws {
    let server = try LoopbackServer(files: ["/a": bytes])
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let netrc = directory.appending("netrc")
      try writeAtomically(
        Array("machine 127.0.0.1\n  login user\n  password \"p@ss\"\n".utf8), to: netrc,
        permissions: .ownerReadWrite)
      let credentials = Credentials.load(environment: ["NETRC": netrc.string])
      #expect(credentials.warnings == [])
      try await withScene(credentials: credentials) { scene in
        _ = try await scene.fetcher.artifact(remote(server.url("/a"), bytes))
        _ = try await scene.fetcher.document(server.url("/a", host: "localhost"))
        #expect(server.requests.map { $0.headers["authorization"] } == [authorization, nil])
      }
    }
  }

  @Test(
    "no error shows a user name or password",
    arguments: [
      LoopbackServer.Response.status(404), .status(401), .status(500), .bytes([1, 2, 3]),
      .bytes(sampleBytes(500), delivery: .truncated(after: 10)), .redirect(to: "/a"),
      .redirect(to: "ftp://user:hunter2@127.0.0.1/a?token=hunter2"),
    ])
  func hidesUserInfo(response: LoopbackServer.Response) async throws {
    let server = try LoopbackServer { _ in response }
    try await withScene(retries: 1) { scene in
      let url = server.url("/a", user: "user:hunter2")
      let file = RemoteFile(urls: [url, url], digest: .sha256(of: bytes), size: 1000)
      let error = await #expect(throws: ArtifactError.self) { try await scene.fetcher.artifact(file) }
      for text in [error.debugDescription, error?.description ?? "", error?.hint ?? "", file.name] {
        #expect(!text.contains("hunter2"))
        #expect(!text.contains("user:"))
      }
      for event in scene.log.events { #expect(!"\(event)".contains("hunter2")) }
    }
  }

  @Test(
    "no error shows the password of something that is no URL",
    arguments: [
      "htp://user:hunter2@h/a", "https://user:hun/ter2@h/a", "https://user:hunter2@h/a b", "user:hunter2@h/a",
    ])
  func hidesUserInfoOfNonsense(url: String) async throws {
    try await withScene(offline: true) { scene in
      let file = RemoteFile(urls: [url], digest: nil)
      let error = await #expect(throws: (any Error).self) { try await scene.fetcher.document(url) }
      for text in ["\(String(describing: error))", file.name] {
        #expect(!text.contains("ter2"))
        #expect(!text.contains("hun"))
      }
    }
  }
}
