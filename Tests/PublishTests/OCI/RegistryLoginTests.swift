import Artifacts
import Model
import SystemPackage
import Testing

@testable import Publish

@Suite("What docker login has written down")
struct RegistryLoginTests {
  private func login(_ json: String, for authority: String, _ name: String = "team/x") async throws
    -> RegistryLogin?
  {
    try await withTemporaryDirectory(in: "/tmp", prefix: "ppp-login-") { directory in
      try writeAtomically(Array(json.utf8), to: directory.appending("config.json"))
      let logins = RegistryLogins.load(environment: ["DOCKER_CONFIG": directory.string])
      return logins.login(for: try RegistryRepository(authority: authority, name: name))
    }
  }

  @Test(
    "an entry is found by its host, in whatever form it is written",
    arguments: ["registry.example.org", "https://registry.example.org", "https://registry.example.org/v2/"])
  func basic(key: String) async throws {
    let login = try await login(#"{"auths":{"\#(key)":{"auth":"dTpwOnc="}}}"#, for: "registry.example.org")
    guard case .basic(let credential) = login else {
      Issue.record("no password was found")
      return
    }
    #expect(credential == Credential(user: "u", password: "p:w"))
  }

  @Test("Docker Hub's entry has a name of its own")
  func hub() async throws {
    let json = #"{"auths":{"https://index.docker.io/v1/":{"auth":"dTpw"}}}"#
    guard case .basic = try await login(json, for: "docker.io") else {
      Issue.record("no password was found")
      return
    }
  }

  @Test("the most exact entry counts")
  func exact() async throws {
    let json = #"{"auths":{"r.io":{"auth":"dTox"},"r.io/team":{"auth":"dToy"},"r.io/tea":{"auth":"dToz"}}}"#
    guard case .basic(let credential) = try await login(json, for: "r.io") else {
      Issue.record("no password was found")
      return
    }
    #expect(credential == Credential(user: "u", password: "2"))
  }

  @Test("tokens and programs that have the password are told apart")
  func others() async throws {
    guard
      case .identityToken(let token) = try await login(
        #"{"auths":{"r.io":{"auth":"dTo=","identitytoken":"abc"}}}"#, for: "r.io")
    else {
      Issue.record("no token was found")
      return
    }
    #expect(token == BearerToken("abc"))
    guard
      case .helper("desktop") = try await login(
        #"{"auths":{"r.io":{}},"credsStore":"desktop"}"#, for: "r.io")
    else {
      Issue.record("no program was found")
      return
    }
    guard case .helper("ecr") = try await login(#"{"credHelpers":{"r.io":"ecr"}}"#, for: "r.io") else {
      Issue.record("no program was found")
      return
    }
  }

  @Test(
    "files that say nothing say nothing",
    arguments: [
      "", "[]", "{", #"{"auths":[]}"#, #"{"auths":{"r.io":{"auth":"%%"}}}"#,
      #"{"auths":{"other.io":{"auth":"dTpw"}}}"#,
    ])
  func nothing(json: String) async throws {
    let login = try await login(json, for: "r.io")
    if login != nil { Issue.record("something was found") }
  }
}
