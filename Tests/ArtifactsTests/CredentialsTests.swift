import Artifacts
import Model
import SystemPackage
import Testing

@Suite("Credentials")
struct CredentialsTests {
  private func load(
    _ netrc: String, permissions: FilePermissions = .ownerReadWrite, environment: [String: String] = [:]
  ) async throws -> Credentials {
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let path = directory.appending("netrc")
      try writeAtomically(Array(netrc.utf8), to: path, permissions: permissions)
      return Credentials.load(environment: environment.merging(["NETRC": path.string]) { given, _ in given })
    }
  }

  @Test(
    "netrc files are read as curl reads them",
    arguments: [
      "machine h login u password p", "machine h\n\tlogin u\n\tpassword p\n", "machine h password p login u",
      "machine H login \"u\" password \"p\"",
      "# comment\nmachine x login a password b\nmachine h login u password p",
      "macdef init\nmachine h login no password no\n\nmachine h login u password p",
      "machine h login u account z password p\ndefault login a password b", "default login u password p",
    ])
  func readsNetrc(text: String) async throws {
    let credentials = try await load(text)
    #expect(credentials.credential(forHost: "h") == Credential(user: "u", password: "p"))
  }

  @Test("quoted words may have spaces and escapes, and come out again as they went in")
  func quotes() async throws {
    let credentials = try await load(##"machine h login "a b" password "q\"\\#""##)
    #expect(credentials.credential(forHost: "h") == Credential(user: "a b", password: "q\"\\#"))
    let again = try await load(credentials.netrc(for: ["https://h/simple"]))
    #expect(again.credential(forHost: "h") == credentials.credential(forHost: "h"))
  }

  @Test(
    "a host that isn't named has none",
    arguments: ["", "machine", "machine h", "login u password p", "machine h login default password x"])
  func findsNone(text: String) async throws {
    let credentials = try await load(text)
    #expect(credentials.credential(forHost: "other") == nil)
  }

  @Test("the environment comes first, by the host's name")
  func prefersEnvironment() async throws {
    let credentials = try await load(
      "machine index.example.org login u password p",
      environment: ["PPP_INDEX_INDEX_EXAMPLE_ORG_USERNAME": "e", "PPP_INDEX_INDEX_EXAMPLE_ORG_PASSWORD": "f"])
    #expect(credentials.credential(forHost: "index.example.org") == Credential(user: "e", password: "f"))
  }

  @Test("a netrc file that others can read is a warning, and is used")
  func warns() async throws {
    let credentials = try await load(
      "machine h login u password p", permissions: [.ownerReadWrite, .groupRead])
    #expect(credentials.warnings.map(\.severity) == [.warning])
    #expect(credentials.warnings.first?.hint?.hasPrefix("chmod 600") == true)
    #expect(credentials.credential(forHost: "h") != nil)
  }

  @Test("without a netrc file there are none and no warning")
  func acceptsMissing() {
    let credentials = Credentials.load(environment: ["NETRC": "/nowhere/netrc"])
    #expect(credentials.warnings == [])
    #expect(credentials.credential(forHost: "h") == nil)
  }

  @Test("another program gets what belongs to its URLs and nothing else")
  func writesNetrc() async throws {
    let credentials = try await load("machine a login u password p\nmachine b login v password q")
    let text = credentials.netrc(for: ["https://a/simple", "https://x:y%20z@c/simple", "https://d/simple"])
    #expect(text == "machine a login u password p\nmachine c login x password \"y z\"\n")
  }

  @Test("credentials don't describe themselves")
  func hides() async throws {
    let credentials = try await load("machine h login user password hunter2")
    let one = Credential(user: "user", password: "hunter2")
    var dumped = ""
    dump(FetchSettings(credentials: credentials), to: &dumped)
    dump(one, to: &dumped)
    for text in [
      "\(credentials)", "\(one)", String(reflecting: credentials), String(reflecting: one), dumped,
    ] {
      #expect(!text.contains("hunter2"))
    }
  }
}
