import Model
import SystemPackage
import Testing

@Suite("Credentials")
struct SecrecyTests {
  /// `user:s3cr3t-canary`, as a server gets it.
  private static let authorization = "Basic dXNlcjpzM2NyM3QtY2FuYXJ5"
  private static let secret = "s3cr3t-canary"

  private static func files(index: String) -> [String: String] {
    Scene.standardFiles.mapValues { $0.replacing("{index}", with: index) }
  }

  /// Every file that a run has left which has the secret in it, but for the configuration that it came from.
  private func leaks(in scene: Scene, except names: Set<String>) throws -> [String] {
    try tree(scene.directory).filter { name in
      guard !names.contains(name), !name.contains("tools/") else { return false }
      let path = scene.directory.pushing(FilePath(name))
      // A link to nowhere has nothing in it.
      guard let bytes = try? readFile(path) else { return false }
      return bytes.firstRange(of: Self.secret.utf8) != nil
    }
  }

  @Test(
    "in an index's URL never come out again, in no output and no file",
    .enabled(if: RealTools.arePresent, Comment(rawValue: RealTools.why)))
  func inURL() async throws {
    let index = try WheelIndex(Scene.standardWheels, authorization: Self.authorization)
    try await inScene(Self.files(index: index.url(user: "user:\(Self.secret)"))) { scene in
      try RealTools.seed(scene.cache)
      let built = try await scene.start("build").ending()
      #expect(built.status == 0, "\(built)")
      let commands = [
        ["config", "show", "--origin"], ["config", "show", "--format", "json"], ["config", "check"], ["plan"],
        ["plan", "--format", "json"], ["lock"], ["lock", "--upgrade"], ["build", "--format", "json"],
        ["verify"],
        ["catalogue", "export"], ["catalogue", "show", "python-3.13.5-one@linux-x64", "--format", "json"],
        ["cache", "info"], ["doctor", "--offline"],
      ]
      for command in commands {
        let ending = try await scene.run(command)
        #expect(!ending.all.contains(Self.secret), "\(command)")
      }
      // What goes wrong names URLs too: nobody answers, and the wheels are gone.
      index.stop()
      try removeTree(scene.workspace.appending("dist"))
      for name in ["artifacts", "layers", "uv", "http"] { try removeTree(scene.cache.appending(name)) }
      for command in [["build"], ["lock", "--upgrade"], ["build", "--offline"]] {
        let ending = try await scene.run(command)
        #expect(ending.status == 1)
        #expect(!ending.all.contains(Self.secret), "\(ending)")
      }
      #expect(try leaks(in: scene, except: ["workspace/shared-config.json"]) == [])
    }
  }

  @Test("in a URL that is wrong are not in the problem's line either")
  func inProblem() async throws {
    let files = [
      "shared-config.json": """
      {"registries": {"default": "htp://user:\(Self.secret)@index.example/simple", "additonal": []}}
      """, "runenvs/python-3.13.5-a/config.json": "{}",
    ]
    try await inScene(files) { scene in
      let ending = try await scene.run("config", "check")
      #expect(ending.status == 2)
      #expect(!ending.all.contains(Self.secret), "\(ending)")
    }
  }

  @Test(
    "of netrc reach the index and nothing else",
    .enabled(if: RealTools.arePresent, Comment(rawValue: RealTools.why)))
  func inNetrc() async throws {
    let index = try WheelIndex(Scene.standardWheels, authorization: Self.authorization)
    try await inScene(Self.files(index: index.url)) { scene in
      try RealTools.seed(scene.cache)
      let refused = try await scene.run("build")
      #expect(refused.status == 1)
      try writeAtomically(
        "machine 127.0.0.1 login user password \(Self.secret)\n".utf8,
        to: scene.directory.appending(".netrc"), permissions: [.ownerReadWrite])
      let built = try await scene.start("build").ending()
      #expect(built.status == 0, "\(built)")
      #expect(!built.all.contains(Self.secret))
      #expect(try leaks(in: scene, except: [".netrc"]) == [])
    }
  }
}
