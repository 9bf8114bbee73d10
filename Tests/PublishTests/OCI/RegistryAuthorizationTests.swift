import Model
import TestSupport
import Testing

@testable import Artifacts
@testable import Publish

@Suite("Who may use a registry")
struct RegistryAuthorizationTests {
  private let blob = ObjectReference(of: [1])

  @Test("nothing is sent to a registry that asks for nothing")
  func open() async throws {
    let server = try TestRegistry()
    try await withPublishScene { scene in
      let registry = try scene.registry(server, login: .basic(Credential(user: "u", password: "p")))
      let isThere = try await registry.has(blob)
      #expect(!isThere)
      #expect(server.server.requests.allSatisfy { $0.headers["authorization"] == nil })
    }
  }

  @Test("a user name and password are sent when they are asked for")
  func basic() async throws {
    let server = try TestRegistry(.init(login: .basic("dTpw")))
    try await withPublishScene { scene in
      let registry = try scene.registry(server, login: .basic(Credential(user: "u", password: "p")))
      let isThere = try await registry.has(blob)
      #expect(!isThere)
      #expect(server.server.requests.count == 2)
    }
  }

  @Test("a token is got once, for all that is to be done, and used from then on", arguments: [nil, "dTpw"])
  func bearer(password: String?) async throws {
    let server = try TestRegistry(.init(login: .bearer(password: password)))
    try await withPublishScene { scene in
      let login = password == nil ? RegistryLogin.none : .basic(Credential(user: "u", password: "p"))
      let registry = try scene.registry(server, login: login, siblings: ["base"])
      _ = try await (0..<8).concurrentMap(width: 8) { _ in try await registry.has(ObjectReference(of: [1])) }
      let tokens = server.server.requests.filter { $0.path.hasPrefix("/token") }
      #expect(tokens.count == 1)
      #expect(
        tokens.first?.path
          == "/token?service=s&scope=repository%3Ateam%2Fenvs%3Apull%2Cpush&scope=repository%3Abase%3Apull")
    }
  }

  @Test("a token that has run out is replaced")
  func expired() async throws {
    let server = try TestRegistry(
      .init(
        login: .bearer(password: nil),
        instead: { request in
          request.path.hasSuffix("sha256:\(Digest.sha256(of: [2]).hex)") && request.number == 0
            ? .status(
              401,
              headers: [
                "WWW-Authenticate": "Bearer realm=\"http://\(request.headers["host"] ?? "")/token\""
              ]) : nil
        }))
    try await withPublishScene { scene in
      let registry = try scene.registry(server)
      _ = try await registry.has(ObjectReference(of: [1]))
      let isThere = try await registry.has(ObjectReference(of: [2]))
      #expect(!isThere)
      #expect(server.server.requests.count { $0.path.hasPrefix("/token") } == 2)
    }
  }

  @Test("a registry that never lets anybody in is asked twice, not for ever")
  func loops() async throws {
    for challenge in ["Basic realm=\"x\"", "Bearer realm=\"HOST/token\""] {
      let server = try TestRegistry(
        .init(instead: { request in
          if request.path.hasPrefix("/token") { return .text("{\"token\":\"x\"}") }
          let header = challenge.replacing("HOST", with: "http://\(request.headers["host"] ?? "")")
          return .status(401, headers: ["WWW-Authenticate": header])
        }))
      try await withPublishScene { scene in
        let registry = try scene.registry(server, login: .basic(Credential(user: "u", password: "p")))
        await #expect(
          throws: RegistryError.unauthorized(
            repository: registry.repository.description, wasAsked: true)
        ) { _ = try await registry.has(blob) }
        #expect(server.server.requests.count { $0.path.hasPrefix("/v2/") } == 2)
      }
    }
  }

  @Test("without a password the error says what to do")
  func hints() async throws {
    let server = try TestRegistry(.init(login: .basic("dTpw")))
    try await withPublishScene { scene in
      let registry = try scene.registry(server)
      let error = await #expect(throws: RegistryError.self) { _ = try await registry.has(blob) }
      #expect(error?.hint?.contains("docker login") == true)
    }
  }

  @Test("a way of asking that is not known, and places that give no token, are errors")
  func unknown() async throws {
    let cases: [(String, String)] = [
      ("Negotiate", ""), ("Bearer realm=\"file:///etc/passwd\"", ""), ("Bearer realm=\"HOST/token\"", "[]"),
      ("Bearer realm=\"HOST/token\"", "{\"token\":\"a\\r\\nX: y\"}"), ("", ""),
    ]
    for (challenge, answer) in cases {
      let server = try TestRegistry(
        .init(instead: { request in
          if request.path.hasPrefix("/token") { return .text(answer) }
          let header = challenge.replacing("HOST", with: "http://\(request.headers["host"] ?? "")")
          return .status(401, headers: ["WWW-Authenticate": header])
        }))
      try await withPublishScene { scene in
        let registry = try scene.registry(server)
        await #expect(throws: RegistryError.self) { _ = try await registry.has(blob) }
      }
    }
  }

  @Test("a registry that is asked with encryption can't have the password sent without")
  func encryption() async throws {
    try await withPublishScene { scene in
      let repository = try RegistryRepository(authority: "127.0.0.1:1", name: "x")
      let registry = Registry(
        repository, access: .pull, login: .basic(Credential(user: "u", password: "p")), fetcher: scene.fetcher
      )
      let request = HTTPRequest(.get, repository.address)
      await #expect(throws: RegistryError.self) {
        _ = try await registry.authorized(request) { request in
          HTTPResponse(
            status: 401, headers: ["www-authenticate": "Bearer realm=\"http://127.0.0.1:1/token\""], body: [],
            url: request.url, retryAfter: nil)
        }
      }
    }
  }
}
