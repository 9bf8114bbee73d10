import Model
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite("An interrupted ppp", .enabled(if: RealTools.arePresent, Comment(rawValue: RealTools.why)))
struct InterruptionTests {
  /// What of a scene others rely on: nothing of it may be half-written.
  private func checkWholeness(of scene: Scene) async throws {
    let bundles = try scene.files(in: "dist").filter { !$0.hasSuffix(".tmp") }
    for name in bundles where name.hasSuffix(".tar.zst") {
      let listed = try await listing(of: scene.workspace.appending("dist").pushing(FilePath(name)))
      #expect(listed, "\(name) is a whole archive")
    }
    for name in try tree(scene.cache.appending("artifacts")) {
      let path = scene.cache.appending("artifacts").pushing(FilePath(name))
      #expect(try sha256(of: path) == path.lastComponent?.string, "\(name) is what its name says")
    }
    // The catalogue can be read, and every bundle on record is there as it is recorded.
    let list = try await scene.run("catalogue", "export")
    #expect(list.status == 0, "\(list)")
  }

  private func checkNextRun(of scene: Scene) async throws {
    let next = try await scene.start("build").ending()
    #expect(next.status == 0, "\(next)")
    #expect(try scene.files(in: "dist") == BuildCommandTests.bundles)
    let verified = try await scene.run("verify")
    #expect(verified.status == 0, "\(verified)")
  }

  @Test(
    "SIGINT and SIGTERM during a download end with 130, and the next run completes",
    arguments: [SIGINT, SIGTERM])
  func interruptedFetch(signal: Int32) async throws {
    try await Scene.locking { scene, index in
      _ = try await scene.run("lock")
      index.stall("alpha-1.0-py3-none-any.whl", after: 1000)
      let asked = index.count(ofFile: "alpha-1.0-py3-none-any.whl")
      let program = try scene.start("build", "--progress", "plain")
      await program.wait { index.count(ofFile: "alpha-1.0-py3-none-any.whl") > asked }
      program.send(signal)
      let ending = try await program.ending()
      #expect(ending.status == 130, "\(ending)")
      #expect(ending.output == "")
      #expect(
        ending.errors.hasSuffix(
          "ppp: interrupted; what was finished is kept, run the same command to go on\n"))
      #expect(ending.errorCount == 0, "\(ending)")
      #expect(try scene.files(in: "dist").filter { $0.contains("-one") || $0.hasSuffix(".tmp") } == [])
      try await checkWholeness(of: scene)
      index.stall(nil)
      try await checkNextRun(of: scene)
    }
  }

  @Test("SIGINT while locking ends with 130 and leaves no lock half-written")
  func interruptedLock() async throws {
    try await Scene.locking { scene, index in
      index.stall("alpha-1.0-py3-none-any.whl", after: 0)
      let program = try scene.start("lock")
      await program.wait { index.count(ofFile: "alpha-1.0-py3-none-any.whl") > 0 }
      program.send(SIGINT)
      let ending = try await program.ending()
      #expect(ending.status == 130, "\(ending)")
      #expect(ending.errorCount == 0, "\(ending)")
      #expect(try scene.files(in: "runenvs").filter { !$0.hasSuffix("config.json") } == [])
      index.stall(nil)
      #expect(try await scene.run("lock").status == 0)
    }
  }

  @Test("a second SIGINT ends it at once")
  func insisted() async throws {
    try await Scene.locking { scene, index in
      _ = try await scene.run("lock")
      index.stall("alpha-1.0-py3-none-any.whl", after: 1000)
      let asked = index.count(ofFile: "alpha-1.0-py3-none-any.whl")
      let program = try scene.start("build")
      await program.wait { index.count(ofFile: "alpha-1.0-py3-none-any.whl") > asked }
      program.send(SIGINT)
      program.send(SIGINT)
      #expect(try await program.ending().status == 130)
    }
  }

  @Test("killed after any step, it leaves nothing half-written, and a normal run completes")
  func killed() async throws {
    try await Scene.locking { scene, _ in
      _ = try await scene.run("lock")
      for lines in 0..<9 {
        try removeTree(scene.workspace.appending("dist"))
        try removeTree(scene.workspace.appending(".ppp"))
        for name in ["artifacts", "layers", "partial"] { try removeTree(scene.cache.appending(name)) }
        let program = try scene.start("build", "--progress", "plain")
        await program.wait { program.said.count { $0 == "\n" } >= lines }
        program.send(SIGKILL)
        _ = try await program.ending()
        try await checkWholeness(of: scene)
      }
      try await checkNextRun(of: scene)
    }
  }
}
