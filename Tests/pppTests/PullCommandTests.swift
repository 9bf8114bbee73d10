import FoundationEssentials
import Model
import SystemPackage
import Testing

@Suite("ppp pull, patch and apply", .enabled(if: RealTools.arePresent, Comment(rawValue: RealTools.why)))
struct PullCommandTests {
  private struct Facts: Decodable {
    struct Layers: Decodable {
      let count: Int
      let bytes: Int64
    }
    struct Done: Decodable {
      let fetchedBytes: Int64
      let reusedFiles: Int
    }
    let schemaVersion: Int
    let cell: String
    let isUpToDate: Bool
    let bytesToFetch: Int64
    let fetch: Layers
    let done: Done?
    let current: String
  }

  private static let bundle = "dist/python-3.11.2-two/python-3.11.2-two-linux-x64.tar.zst"
  private static let beta = "lib/python3.11/site-packages/beta-"

  private func facts(_ ending: Scene.Ending) throws -> Facts {
    #expect(ending.status == 0, "\(ending)")
    return try JSONDecoder().decode(Facts.self, from: Data(ending.output.utf8))
  }

  /// Builds the runenv again with another version of `beta`.
  private func buildNewer(_ scene: Scene) async throws {
    try scene.write(
      "runenvs/python-3.11.2-two/config.json",
      "{\"platforms\": [\"linux-x64\"], \"packages\": {\"dependencies\": [\"beta>1\"]}}")
    try await scene.built()
  }

  @Test("an environment is pulled from dist, updated, and rolled back")
  func pulls() async throws {
    try await Scene.locking { scene, _ in
      try await scene.built()
      let command = [
        "pull", "python-3.11.2-two", "--platform", "linux-x64", "--from", "dist", "--into", "env",
      ]
      var other = scene
      other.environment["PPP_CACHE_DIR"] = scene.directory.appending("other").string
      let plan = try facts(try await other.run(command + ["--dry-run", "--format", "json"]))
      #expect(plan.bytesToFetch == plan.fetch.bytes && plan.fetch.count > 0 && plan.done == nil)
      #expect(!scene.has("env"))
      let first = try await other.run(command)
      #expect(first.status == 0 && first.output.hasPrefix("python-3.11.2-two@linux-x64: "), "\(first)")
      #expect(scene.has("env/current/\(Self.beta)1.0.dist-info/METADATA"))

      try await buildNewer(scene)
      let update = ["pull", "python-3.11.2-two", "--platform", "linux-x64", "--into", "env"]
      let second = try facts(try await other.run(update + ["--format", "json"]))
      #expect(second.done?.fetchedBytes == second.fetch.bytes)
      #expect(scene.has("env/current/\(Self.beta)2.0.dist-info/METADATA"))
      let again = try await other.run(update)
      #expect(again.output.contains("is up to date"))

      let back = try await other.run("pull", "python-3.11.2-two", "--into", "env", "--rollback")
      #expect(back.status == 0 && back.output.contains("back from"), "\(back)")
      #expect(scene.has("env/current/\(Self.beta)1.0.dist-info/METADATA"))
      let further = try await other.run("pull", "python-3.11.2-two", "--into", "env", "--rollback")
      #expect(further.status == 1 && further.errors.contains("has no environment from before"))
    }
  }

  @Test("what can't be pulled is told with its status")
  func refuses() async throws {
    try await inScene { scene in
      let nowhere = try await scene.run("pull", "python-3.13.5-one")
      #expect(nowhere.status == 1 && nowhere.errors.contains("--from URL"), "\(nowhere)")
      let missing = try await scene.run("pull", "x", "--from", "https//host")
      #expect(missing.status == 1, "\(missing)")
      #expect(try await scene.run("pull", "x", "--rollback", "--dry-run").status == 64)
      #expect(try await scene.run("pull", "x@not/a version").status == 64)
      #expect(try await scene.run("pull", "x", "--rollback", "--into", "none").status == 1)
      let bad = try await scene.run("pull", "x", "--from", "ftp://user:secret@host/")
      #expect(bad.status == 64 && bad.errors.contains("'ftp' is not known") && !bad.all.contains("secret"))
    }
  }

  @Test("a patch makes the new bundle of the old one, and of no other")
  func patches() async throws {
    try await Scene.locking { scene, _ in
      try await scene.built()
      let old = scene.directory.appending("old.tar.zst")
      try writeAtomically(try readFile(scene.workspace.pushing(FilePath(Self.bundle))), to: old)
      try await buildNewer(scene)
      let patch = try await scene.run("patch", old.string, Self.bundle, "-o", "x.patch")
      #expect(patch.status == 0 && patch.output.contains("patch 1, "), "\(patch)")
      let made = try await scene.run("apply", old.string, "x.patch", "-o", "made.tar.zst")
      #expect(made.status == 0, "\(made)")
      #expect(
        try readFile(scene.workspace.appending("made.tar.zst"))
          == readFile(scene.workspace.pushing(FilePath(Self.bundle))))
      let wrong = try await scene.run("apply", Self.bundle, "x.patch", "-o", "wrong.tar.zst")
      #expect(wrong.status == 1 && wrong.errors.contains("is for the bundle sha256:"), "\(wrong)")
      #expect(!scene.has("wrong.tar.zst"))
    }
  }
}
