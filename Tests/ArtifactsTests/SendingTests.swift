import Artifacts
import Model
import SystemPackage
import TestSupport
import Testing

@Suite("Fetcher: sending")
struct SendingTests {
  private let bytes = sampleBytes(300_000)

  @Test("bytes arrive as they are, with their length", arguments: [HTTPRequest.Method.put, .post, .patch])
  func sendsBytes(method: HTTPRequest.Method) async throws {
    let server = try LoopbackServer { _ in .status(201, headers: ["Location": "/made"]) }
    try await withScene { scene in
      let response = try await scene.fetcher.send(
        HTTPRequest(method, server.url("/a"), headers: [("Content-Type", "text/x")], body: .bytes(bytes)))
      #expect(response.status == 201)
      #expect(response.headers["location"] == "/made")
      let request = try #require(server.requests.first)
      #expect(request.method == method.rawValue)
      #expect(request.body == bytes)
      #expect(request.headers["content-type"] == "text/x")
      #expect(request.headers["expect"] == nil)
    }
  }

  @Test("a part of a file is sent, and nothing around it")
  func sendsPartOfFile() async throws {
    let server = try LoopbackServer { _ in .status(200) }
    try await withScene { scene in
      try makeDirectory(scene.cache)
      let file = scene.cache.appending("file")
      try writeAtomically(bytes, to: file)
      _ = try await scene.fetcher.send(
        HTTPRequest(.put, server.url("/a"), body: .file(file, offset: 1000, length: 250_000)))
      #expect(server.requests.first?.body == Array(bytes[1000..<251_000]))
    }
  }

  @Test("a body of no bytes has a length of 0")
  func sendsNothing() async throws {
    let server = try LoopbackServer { _ in .status(202) }
    try await withScene { scene in
      _ = try await scene.fetcher.send(HTTPRequest(.post, server.url("/a"), body: .bytes([])))
      #expect(server.requests.first?.headers["content-length"] == "0")
    }
  }

  @Test("a refusal is an answer, with its body", arguments: [400, 403, 404, 409, 412])
  func returnsRefusals(status: Int) async throws {
    let server = try LoopbackServer { _ in .init(status: status, body: Array("why".utf8)) }
    try await withScene { scene in
      let response = try await scene.fetcher.send(HTTPRequest(.put, server.url("/a"), body: .bytes([1])))
      #expect(response.status == status)
      #expect(response.body == Array("why".utf8))
      #expect(!response.isSuccess)
      #expect(server.requests.count == 1)
    }
  }

  @Test("what may be asked twice is sent again, whole, when the server says later")
  func repeatsPut() async throws {
    let server = try LoopbackServer {
      $0.number == 0 ? .status(503, headers: ["Retry-After": "3"]) : .status(200)
    }
    try await withScene { scene in
      let response = try await scene.fetcher.send(HTTPRequest(.put, server.url("/a"), body: .bytes(bytes)))
      #expect(response.isSuccess)
      #expect(scene.log.waits == [.seconds(3)])
      #expect(server.requests.map(\.body) == [bytes, bytes])
    }
  }

  @Test("a server that never has time is an answer after the last try")
  func givesUp() async throws {
    let server = try LoopbackServer { _ in .status(503) }
    try await withScene(retries: 2) { scene in
      let response = try await scene.fetcher.send(HTTPRequest(.get, server.url("/a")))
      #expect(response.status == 503)
      #expect(server.requests.count == 3)
    }
  }

  @Test("what may not be asked twice is sent once")
  func doesNotRepeatPost() async throws {
    let server = try LoopbackServer { _ in .status(503) }
    try await withScene { scene in
      let response = try await scene.fetcher.send(HTTPRequest(.post, server.url("/a"), body: .bytes([1])))
      #expect(response.status == 503)
      #expect(server.requests.count == 1)
    }
  }

  @Test("a token goes to its own server and not where that redirects to")
  func keepsToken() async throws {
    let other = try LoopbackServer { _ in .text("there") }
    let server = try LoopbackServer { _ in .redirect(to: other.url("/b"), status: 307) }
    try await withScene { scene in
      let response = try await scene.fetcher.send(
        HTTPRequest(.get, server.url("/a"), authorization: .bearer(BearerToken("secret"))))
      #expect(response.body == Array("there".utf8))
      #expect(server.requests.first?.headers["authorization"] == "Bearer secret")
      #expect(other.requests.first?.headers["authorization"] == nil)
    }
  }

  @Test("a redirect of something sent is an answer, not followed")
  func leavesRedirectOfPut() async throws {
    let server = try LoopbackServer { _ in .redirect(to: "/b", status: 307) }
    try await withScene { scene in
      let response = try await scene.fetcher.send(HTTPRequest(.put, server.url("/a"), body: .bytes([1])))
      #expect(response.status == 307)
      #expect(server.requests.count == 1)
    }
  }

  @Test("a signed request carries its payload's digest and a signature for region and service")
  func signs() async throws {
    let server = try LoopbackServer { _ in .status(200) }
    try await withScene { scene in
      let signing = S3Signing(
        region: "eu-west-1", accessKey: "AKID", secretKey: "secret", sessionToken: "session",
        payload: .sha256(of: [1]))
      _ = try await scene.fetcher.send(
        HTTPRequest(.put, server.url("/bucket/a"), body: .bytes([1]), authorization: .signed(signing)))
      let headers = try #require(server.requests.first?.headers)
      #expect(headers["x-amz-content-sha256"] == Digest.sha256(of: [1]).hex)
      #expect(headers["x-amz-security-token"] == "session")
      let authorization = try #require(headers["authorization"])
      #expect(authorization.hasPrefix("AWS4-HMAC-SHA256 Credential=AKID/"))
      #expect(authorization.contains("/eu-west-1/s3/aws4_request"))
      #expect(!authorization.contains("secret"))
    }
  }

  @Test("an answer that is too long is refused")
  func limitsAnswers() async throws {
    let server = try LoopbackServer { _ in .bytes(Array(repeating: 0, count: 2000)) }
    try await withScene { scene in
      await #expect(throws: ArtifactError.tooLarge(url: server.url("/a"), limit: 1000)) {
        try await scene.fetcher.send(HTTPRequest(.get, server.url("/a"), answerLimit: 1000))
      }
    }
  }

  @Test("a file that isn't there is an error before anything is sent")
  func needsItsFile() async throws {
    let server = try LoopbackServer { _ in .status(200) }
    try await withScene { scene in
      let missing = HTTPRequest.Body.file("/nonexistent/file", offset: 0, length: 1)
      await #expect(throws: Errno.noSuchFileOrDirectory) {
        try await scene.fetcher.send(HTTPRequest(.put, server.url("/a"), body: missing))
      }
      #expect(server.requests.isEmpty)
    }
  }

  @Test("a token and a signature don't describe themselves")
  func keepsSecrets() {
    let request = HTTPRequest(
      .get, "http://h/", authorization: .signed(S3Signing(region: "r", accessKey: "a", secretKey: "hidden")))
    #expect(!String(reflecting: request).contains("hidden"))
    #expect(!String(reflecting: BearerToken("hidden")).contains("hidden"))
  }
}
