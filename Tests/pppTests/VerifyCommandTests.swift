import FoundationEssentials
import Model
import SystemPackage
import Testing

@Suite("ppp verify", .enabled(if: RealTools.arePresent, Comment(rawValue: RealTools.why)))
struct VerifyCommandTests {
  private struct Outcome: Decodable {
    let cell: String
    let state: String
  }

  @Test("bundles as they were built pass; one that was changed fails, and so does the run")
  func tampered() async throws {
    try await Scene.locking { scene, _ in
      try await scene.built()
      let good = try await scene.run("verify")
      #expect(good.status == 0, "\(good)")
      #expect(good.output.matches(of: #/@\S+ +passed /#).count == 3)

      let name = "dist/python-3.13.5-one/python-3.13.5-one-linux-x64.tar.zst"
      var bytes = try readFile(scene.workspace.pushing(FilePath(name)))
      bytes[bytes.count / 2] ^= 0x10
      try writeAtomically(bytes, to: scene.workspace.pushing(FilePath(name)))
      let bad = try await scene.run("verify", "--format", "json")
      #expect(bad.status == 1)
      #expect(bad.errors.contains("'\(name)' is not the bundle on record"))
      #expect(bad.errors.contains("hint: run 'ppp build python-3.13.5-one@linux-x64'"))
      let outcomes = try JSONDecoder().decode([Outcome].self, from: Data(bad.output.utf8))
      #expect(outcomes.map(\.state) == ["passed", "failed", "passed"])

      let plan = try await scene.run("plan")
      #expect(plan.output.contains("did not pass its checks"), "\(plan)")
      try removeTree(scene.workspace.pushing(FilePath(name)))
      try await scene.built()
      #expect(try await scene.run("verify").status == 0)
    }
  }

  @Test("a bundle whose file is gone is told, the others are checked")
  func gone() async throws {
    try await Scene.locking { scene, _ in
      try await scene.built()
      let name = "dist/python-3.13.5-one/python-3.13.5-one-linux-x64.tar.zst"
      try removeTree(scene.workspace.pushing(FilePath(name)))
      let ending = try await scene.run("verify")
      #expect(ending.status == 1)
      #expect(ending.errors.contains(name), "\(ending)")
      #expect(ending.output.matches(of: #/@\S+ +passed /#).count == 2, "\(ending)")
    }
  }

  @Test("what was never built is told with what to do")
  func notBuilt() async throws {
    try await Scene.locking { scene, _ in
      let ending = try await scene.run("verify", "--runenv", "*-two")
      #expect(ending.status == 1)
      #expect(
        ending.errors.contains(
          """
          error: python-3.11.2-two@linux-x64 is not built
            hint: run 'ppp build python-3.11.2-two@linux-x64'
          """))
    }
  }
}
