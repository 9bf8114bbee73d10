import Model
import Synchronization
import TestSupport
import Testing

@testable import Artifacts
@testable import Publish

@Suite("Programs that keep the passwords of registries")
struct CredentialHelperTests {
  private typealias Answer = CredentialHelper.Answer

  private let blob = ObjectReference(of: [1])
  private static let basic = #"{"ServerURL":"x","Username":"u","Secret":"p"}"#

  private func helper(
    _ name: String = "ecr", saying text: String?, succeeding succeeds: Bool = true
  ) -> CredentialHelper {
    CredentialHelper(name) { _, _ in text.map { Answer(succeeded: succeeds, output: Array($0.utf8)) } }
  }

  @Test("one is asked for the registry when that wants to know who asks, and not before")
  func asked() async throws {
    let asked = Mutex<[String]>([])
    let helper = CredentialHelper("ecr") { program, input in
      asked.withLock { $0.append("\(program) \(String(decoding: input, as: UTF8.self))") }
      return Answer(succeeded: true, output: Array(Self.basic.utf8))
    }
    for (login, count) in [(TestRegistry.Login.none, 0), (.basic("dTpw"), 1), (.bearer(password: "dTpw"), 1)]
    {
      asked.withLock { $0 = [] }
      let server = try TestRegistry(.init(login: login))
      try await withPublishScene { scene in
        let registry = try scene.registry(server, login: .helper(helper))
        let isThere = try await registry.has(blob)
        #expect(!isThere)
        #expect(
          asked.withLock { $0 }
            == Array(repeating: "docker-credential-ecr 127.0.0.1:\(server.server.port)", count: count))
      }
    }
  }

  @Test("Docker Hub's passwords are kept under its first address")
  func hub() async throws {
    let input = Mutex("")
    let helper = CredentialHelper("desktop") { _, bytes in
      input.withLock { $0 = String(decoding: bytes, as: UTF8.self) }
      return Answer(succeeded: true, output: Array(Self.basic.utf8))
    }
    _ = try await helper.login(for: RegistryRepository(authority: "docker.io", name: "team/x"))
    #expect(input.withLock { $0 } == "https://index.docker.io/v1/")
  }

  @Test("a token is known by the user name that is none")
  func token() async throws {
    let repository = try RegistryRepository(authority: "r.io", name: "x")
    let login = try await helper(saying: #"{"Username":"<token>","Secret":"abc"}"#).login(for: repository)
    guard case .identityToken(let token) = login else {
      Issue.record("no token was found")
      return
    }
    #expect(token == BearerToken("abc"))
  }

  @Test(
    "one that has nothing is passed over, for what the environment or netrc have, or for nobody",
    arguments: ["credentials not found in native keychain\n", #"{"Username":"","Secret":""}"#])
  func nothing(answer: String) async throws {
    let helper = helper(saying: answer, succeeding: answer.hasPrefix("{"))
    let server = try TestRegistry(.init(login: .bearer(password: nil)))
    try await withPublishScene { scene in
      let isThere = try await scene.registry(server, login: .helper(helper)).has(blob)
      #expect(!isThere)
    }
    let closed = try TestRegistry(.init(login: .basic("dTpw")))
    try await withPublishScene { scene in
      let registry = try scene.registry(closed, login: .helper(helper))
      let error = await #expect(throws: RegistryError.self) { _ = try await registry.has(blob) }
      #expect(error == .unauthorized(repository: registry.repository.description, wasAsked: false))
    }
  }

  @Test(
    "one that is not there, fails, or answers with something else is an error that shows no password",
    arguments: [
      ("ecr", nil, true, "it is not on PATH"), ("ecr", "no AWS region\n", false, "no AWS region"),
      ("ecr", "", false, "it failed"), ("ecr", "s3cr3t", true, "not the JSON that it should be"),
      ("ecr", #"{"Secret":"s3cr3t"}"#, true, "not the JSON that it should be"),
      ("../../bin/sh", "s3cr3t", true, "that is no name"),
    ])
  func failures(name: String, answer: String?, succeeds: Bool, reason: String) async throws {
    let server = try TestRegistry(.init(login: .basic("dTpw")))
    try await withPublishScene { scene in
      let helper = helper(name, saying: answer, succeeding: succeeds)
      let registry = try scene.registry(server, login: .helper(helper))
      let error = await #expect(throws: RegistryError.self) { _ = try await registry.has(blob) }
      #expect(error?.description.contains("'docker-credential-\(name)' gives no password") == true)
      #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
      #expect(error?.hint?.contains("PPP_INDEX_<HOST>_USERNAME") == true)
      #expect(!"\(String(reflecting: error))".contains("s3cr3t"))
    }
  }

  @Test("a password that is refused is said to be so, and nobody is asked for ever")
  func refused() async throws {
    let server = try TestRegistry(.init(login: .basic("b3RoZXI=")))
    try await withPublishScene { scene in
      let registry = try scene.registry(server, login: .helper(helper(saying: Self.basic)))
      let error = await #expect(throws: RegistryError.self) { _ = try await registry.has(blob) }
      #expect(error == .unauthorized(repository: registry.repository.description, wasAsked: true))
      #expect(server.server.requests.count == 2)
    }
  }
}
