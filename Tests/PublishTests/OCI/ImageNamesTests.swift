import Model
import Testing

@testable import Publish

@Suite("Names in registries")
struct ImageNamesTests {
  @Test(
    "an id becomes a tag",
    arguments: [
      ("python-3.13.5", "python-3.13.5"),
      ("python-3.13.5-science+elasticity", "python-3.13.5-science_elasticity"),
      ("a b", "a-b-c8687a08aa5d"), ("-x", "x-c9c1a7d6a3f0"), ("", "id-e3b0c44298fc"),
    ])
  func tags(id: String, tag: String) {
    let made = ImageTag(naming: id).description
    // What can't be kept is told apart by a digest, of which the beginning of the text is no part.
    #expect(made == tag || (tag.count > 13 && made.prefix(made.count - 12) == tag.prefix(tag.count - 12)))
    #expect(ImageTag(validating: made) != nil)
  }

  @Test("a long id becomes a tag that registries take, another long id another one")
  func longTags() {
    let id = String(repeating: "python", count: 40)
    #expect(ImageTag(naming: id).description.utf8.count <= ImageTag.longest)
    #expect(ImageTag(naming: id) != ImageTag(naming: id + "a"))
    #expect(ImageTag(naming: "ä") != ImageTag(naming: "ö"))
  }

  @Test(
    "what could lead elsewhere is no tag",
    arguments: [
      "", "..", "../x", "a/b", ".a", "-a", "a?b", "a b", "a%2fb", String(repeating: "a", count: 129),
    ])
  func badTags(text: String) { #expect(ImageTag(validating: text) == nil) }

  @Test(
    "a repository has a name that registries take",
    arguments: [
      "Team/x", "a//b", "a/", "../x", "a/../b", "a_", "", "a:b", String(repeating: "a", count: 250),
    ])
  func badNames(name: String) {
    #expect(throws: RegistryError.self) {
      try RegistryRepository(authority: "registry.example.org", name: name)
    }
  }

  @Test("Docker Hub is known by the name that people use")
  func hub() throws {
    let hub = try RegistryRepository(authority: "docker.io", name: "debian")
    #expect(hub.address == "https://registry-1.docker.io/v2/library/debian")
    #expect(hub.description == "docker.io/library/debian")
    let own = try RegistryRepository(authority: "localhost:5000", name: "a/b", isPlain: true)
    #expect(own.address == "http://localhost:5000/v2/a/b")
  }

  @Test(
    "a challenge is read",
    arguments: [
      ("Basic realm=\"x\"", RegistryChallenge.basic),
      ("basic", .basic),
      (
        "Bearer realm=\"https://auth.example.org/token\",service=\"registry\",scope=\"repository:a:pull,push\"",
        .bearer(
          realm: "https://auth.example.org/token", service: "registry", scope: "repository:a:pull,push")
      ),
      (
        "Basic realm=\"a\", Bearer realm=https://b, error=\"invalid_token\"",
        .bearer(realm: "https://b", service: nil, scope: nil)
      ),
      (#"BEARER Realm="a\"b" , service="#, .bearer(realm: "a\"b", service: "", scope: nil)),
    ])
  func challenges(header: String, challenge: RegistryChallenge) {
    #expect(RegistryChallenge(parsing: header) == challenge)
  }

  @Test(
    "what is no challenge that is known is none",
    arguments: ["", "Negotiate", "Bearer", "Bearer service=\"x\"", "=", "\"", ",,,", "realm=\"x\""])
  func noChallenges(header: String) { #expect(RegistryChallenge(parsing: header) == nil) }
}
