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
      let logins = RegistryLogins.load(environment: ["DOCKER_CONFIG": directory.string]) { _, _ in nil }
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

  @Test("a token that docker login got instead of a password is known as such")
  func others() async throws {
    guard
      case .identityToken(let token) = try await login(
        #"{"auths":{"r.io":{"auth":"dTo=","identitytoken":"abc"}}}"#, for: "r.io")
    else {
      Issue.record("no token was found")
      return
    }
    #expect(token == BearerToken("abc"))
  }

  @Test(
    "programs that keep passwords are known: one host's before what the file has, everybody's behind it",
    arguments: [
      (#"{"auths":{"r.io":{}},"credsStore":"desktop"}"#, "docker-credential-desktop"),
      (#"{"credsStore":"desktop"}"#, "docker-credential-desktop"),
      (#"{"credHelpers":{"r.io":"ecr"},"credsStore":"desktop"}"#, "docker-credential-ecr"),
      (#"{"credHelpers":{"https://r.io":"ecr"},"auths":{"r.io":{"auth":"dTpw"}}}"#, "docker-credential-ecr"),
      (#"{"credHelpers":{"other.io":"ecr"},"auths":{"r.io":{"auth":"dTpw"}},"credsStore":"desktop"}"#, nil),
    ])
  func programs(json: String, program: String?) async throws {
    switch (try await login(json, for: "r.io"), program) {
    case (.helper(let helper), _): #expect(helper.program == program)
    case (.basic, nil): break
    case (let other, _): Issue.record("\(String(describing: other)) was found")
    }
  }

  @Test(
    "files that say nothing say nothing",
    arguments: [
      "", "[]", "{", #"{"auths":[]}"#, #"{"credsStore":""}"#, #"{"auths":{"r.io":{"auth":"%%"}}}"#,
      #"{"auths":{"other.io":{"auth":"dTpw"}}}"#,
    ])
  func nothing(json: String) async throws {
    let login = try await login(json, for: "r.io")
    if login != nil { Issue.record("something was found") }
  }
}
