import FoundationEssentials
import Model
import SystemPackage
import Testing
import Trust

#if canImport(Glibc)
import Glibc
#endif

@Suite("ppp key")
struct KeyCommandTests {
  private struct Key: Decodable {
    let name: String
    let id: String?
    let publicKey: String?
    let pem: String?
    let secretFile: String?
    let publicFile: String?
    let isTrusted: Bool
    let isExposed: Bool?
  }

  private func keys(_ scene: Scene) async throws -> [Key] {
    let ending = try await scene.run("key", "list", "--format", "json")
    #expect(ending.status == 0, "\(ending)")
    return try JSONDecoder().decode([Key].self, from: Data(ending.output.utf8))
  }

  @Test("new makes a key that only its owner can read, list shows it, trust trusts it")
  func walk() async throws {
    try await inScene { scene in
      let none = try await scene.run("key", "list")
      #expect(none.output == "there are no keys; 'ppp key new' makes one, 'ppp key trust' takes somebody's\n")
      let made = try await scene.run("key", "new", "--no-password")
      #expect(made.status == 0, "\(made)")
      let directory = scene.directory.appending(".config/ppp/keys")
      let lines = made.output.split(separator: "\n")
      #expect(lines[1] == "secret  \(directory)/ppp.key")
      #expect(lines[3].hasPrefix("RW") && made.errors.hasPrefix("next: ppp publish DESTINATION --sign ppp; "))
      var status = stat()
      #expect(stat("\(directory)/ppp.key", &status) == 0 && status.st_mode & 0o777 == 0o600)

      let own = try #require(try await keys(scene).first)
      #expect((own.name, own.isTrusted, own.isExposed) == ("ppp", false, false))
      #expect(own.publicKey == String(lines[3]))
      let trusted = try await scene.run("key", "trust", "ppp")
      #expect(
        trusted.output == "trusts \(own.id ?? "") as 'ppp': \(directory)/trusted/ppp.pub\n", "\(trusted)")
      #expect(try await keys(scene).map(\.isTrusted) == [true])
      let again = try await scene.run("key", "trust", "ppp")
      #expect((again.status, again.output) == (0, "trusts \(own.id ?? "") as 'ppp' already\n"))
      let table = try await scene.run("key", "list")
      #expect(table.output.contains("ppp  \(own.id ?? "")  yours  yes"), "\(table)")
    }
  }

  @Test("somebody's key is trusted from its file or from its text")
  func others() async throws {
    try await inScene { scene in
      let (first, second) = (SecretKey.generate().publicKey, SecretKey.generate().publicKey)
      try scene.write("release.pub", first.file)
      #expect(try await scene.run("key", "trust", "release.pub").status == 0)
      #expect(try await scene.run("key", "trust", second.line).status == 0)
      #expect(try await scene.run("key", "trust", second.line, "--name", "b").status == 0)
      let listed = try await keys(scene)
      #expect(Set(listed.map(\.name)) == ["release", second.id.description, "b"])
      #expect(listed.allSatisfy { $0.secretFile == nil && $0.isTrusted })
      #expect(listed.first { $0.name == "b" }?.pem?.hasPrefix("-----BEGIN PUBLIC KEY-----\n") == true)
    }
  }

  @Test("a key is never overwritten, and another is never taken for a trusted one")
  func neverOverwritten() async throws {
    try await inScene { scene in
      _ = try await scene.run("key", "new", "a", "--no-password")
      let path = scene.directory.appending(".config/ppp/keys/a.key")
      let before = try readFile(path)
      let again = try await scene.run("key", "new", "a", "--no-password")
      #expect(again.status == 1)
      #expect(
        again.errors == """
          error: there is a key already at '\(path)', and keys are never overwritten
            hint: give the new key another name

          """)
      #expect(try readFile(path) == before)
      _ = try await scene.run("key", "trust", SecretKey.generate().publicKey.line, "--name", "a")
      let other = try await scene.run("key", "trust", SecretKey.generate().publicKey.line, "--name", "a")
      #expect(other.status == 1 && other.errors.contains("trusted/a.pub"), "\(other)")
    }
  }

  @Test(
    "what is no key, no name, or nowhere is said so",
    arguments: [
      (["trust", "missing.pub"], 1, "cannot read"), (["trust", "RWnonsense"], 1, "is no key or signature"),
      (["trust", "secret.key"], 1, "a public key has 42 bytes"),
      (["new", "../x", "--no-password"], 64, "'../x' is no name for a key"),
      (["new", "x"], 1, "there is no password for the key 'x', and nobody at a terminal to ask"),
      (["neww"], 64, "'ppp key' has no command 'neww'"),
    ])
  func mistakes(arguments: [String], status: Int32, message: String) async throws {
    try await inScene { scene in
      try scene.write("secret.key", SecretKey.generate().file(password: nil))
      let ending = try await scene.run(["key"] + arguments)
      #expect(ending.status == status, "\(ending)")
      #expect(ending.errors.contains(message) && ending.errorCount == 1, "\(ending)")
      #expect(ending.output == "")
      #expect(FileStatus(of: scene.directory.appending(".config")) == nil)
    }
  }

  @Test("a secret key that others can read is warned of")
  func exposed() async throws {
    try await inScene { scene in
      _ = try await scene.run("key", "new", "--no-password")
      let path = scene.directory.appending(".config/ppp/keys/ppp.key")
      chmod(path.string, 0o640)
      let ending = try await scene.run("key", "list")
      #expect(ending.errors.contains("warning: others on this machine can read the secret key"), "\(ending)")
      #expect(ending.errors.contains("hint: chmod 600 '\(path)'"))
    }
  }

  @Test("at a terminal a password is asked for twice, and an empty one is none")
  func asks() async throws {
    try await inScene { scene in
      let different = try await scene.run(["key", "new", "a"], typing: "one\ntwo\n")
      #expect(different.status == 1 && different.errors.contains("the two passwords are not the same"))
      let ending = try await scene.run(["key", "new", "a"], typing: "\n")
      #expect(ending.status == 0, "\(ending)")
      let file = try SecretKeyFile(at: scene.directory.appending(".config/ppp/keys/a.key"))
      #expect(!file.isProtected)
    }
  }
}
