import Artifacts
import Catalogue
import Model
import Runtimes
import SystemPackage
import TestSupport
import Testing

@testable import Builder

@Suite struct PlannerTests {
  private let config = "runenvs/python-3.13.5/config.json"

  @Test("a cell without record and lock is new, and one with a record but no lock is not locked")
  func unlocked() async throws {
    try await MatrixScene.with { scene in
      let plan = try #require(try await scene.plan()[CellID(parsing: MatrixScene.cell)])
      #expect(plan.state == .new && plan.lock == nil && plan.actions == ["lock", "build", "verify"])
      try scene.lock([scene.serve(wheel("alpha", "1.0"))])
      try await scene.build("python-3.13.5@linux-x64")
      try removeTree(scene.path("runenvs/python-3.13.5/pylock.linux-x64.toml"))
      #expect(try await scene.state() == .stale([]))
    }
  }

  @Test("a lock of another configuration is stale, and what differs is named")
  func stale() async throws {
    try await MatrixScene.with { scene in
      try scene.lock([scene.serve(wheel("alpha", "1.0"))])
      try scene.write(config, #"{"packages": {"dependencies": ["alpha", "beta>=2", "gamma"]}}"#)
      #expect(
        try await scene.state()
          == .stale([KeyChange("dependencies", from: ["alpha", "beta"], to: ["alpha", "beta>=2", "gamma"])]))
    }
  }

  @Test("a changed wheel, and a changed setting, are changes of their keys")
  func changed() async throws {
    try await MatrixScene.with { scene in
      try scene.lock([scene.serve(wheel("alpha", "1.0"))])
      try await scene.build("python-3.13.5@linux-x64")
      try scene.lock([scene.serve(wheel("alpha", "1.1"))])
      try scene.write(config, #"{"build": {"compressionLevel": 2}}"#)
      guard case .changed(let changes) = try await scene.state() else {
        Issue.record("nothing has changed")
        return
      }
      #expect(changes.map(\.key) == ["build.compressionLevel", "package alpha"])
      #expect(changes[0] == KeyChange("build.compressionLevel", old: "1", new: "2"))
      #expect(changes[1].old?.hasPrefix("1.0, sha256:") ?? false)
      #expect(changes[1].new?.hasPrefix("1.1, sha256:") ?? false)
      // Without the former key there is no answer to "why", but it is a change all the same.
      try removeTree(scene.path(".ppp/keys"))
      #expect(try await scene.state() == .changed([]))
    }
  }

  @Test("files that are not in the store are counted, the interpreter's among them")
  func missing() async throws {
    try await MatrixScene.with { scene in
      let file = scene.serve("python.tar", [1, 2, 3])
      let pin = RuntimePin(
        provider: .external, version: PythonVersion(3, 13, 5),
        files: [PinnedFile(name: file.name, urls: [file.url], digest: file.digest, size: 3)])
      let alpha = try scene.serve(wheel("alpha", "1.0"))
      try scene.lock([alpha], runtime: pin)
      let cell = try CellID(parsing: MatrixScene.cell)
      let plan = try #require(try await scene.plan()[cell])
      #expect(plan.missingFiles == 2 && plan.missingBytes == 3 + (alpha.file?.size ?? 0))
      #expect(plan.actions == ["fetch 2", "build", "verify"])
      _ = try await scene.bench().artifacts.add([1, 2, 3])
      #expect(try await scene.plan()[cell]?.missingFiles == 1)
    }
  }

  @Test("what is left out is told with its rule's place and present reason, or with the lock's")
  func omissions() async throws {
    try await MatrixScene.with { scene in
      try scene.write(
        config,
        """
        {"packages": {
          "skip": {"beta": {"*": "no wheels"}}
        }}
        """)
      let (beta, gamma) = (try PackageName(parsing: "beta"), try PackageName(parsing: "gamma"))
      let cell = try CellID(parsing: MatrixScene.cell)
      let asked = try #require(try await scene.plan()[cell]).omissions
      #expect(asked.map(\.reason) == ["no wheels"] && asked[0].position?.file == config)
      try scene.lock(
        [scene.serve(wheel("alpha", "1.0"))],
        omissions: [
          LockedOmission(name: beta, rule: .skip, reason: "an older reason"),
          LockedOmission(name: gamma, rule: .noWheel, reason: "none for linux-x64"),
        ])
      let omissions = try #require(try await scene.plan()[cell]).omissions
      #expect(omissions.map(\.reason) == ["no wheels", "none for linux-x64"])
      #expect(omissions.map(\.rule) == ["skip", "no-wheel"])
      #expect(omissions.map { $0.position?.line } == [2, nil])
      try await scene.build("python-3.13.5@linux-x64")
      let recorded = try #require(try await scene.record()).omissions
      #expect(recorded.map(\.rule) == [.skip, .missing] && recorded[0].position?.line == 2)
    }
  }

  @Test("only what has work is planned when only that is asked for, and it may be nothing")
  func onlyChanged() async throws {
    try await MatrixScene.with { scene in
      try scene.lockAll([scene.serve(wheel("alpha", "1.0"))])
      try await scene.build("python-3.13.5@linux-x64")
      #expect(try await scene.plan(onlyChanged: true).cells.count == 3)
      #expect(try await scene.plan("python-3.13.5@linux-x64", onlyChanged: true).cells.isEmpty)
      await #expect(throws: BuilderError.self) { try await scene.plan("nothing", onlyChanged: true) }
    }
  }

  @Test("a lock that can't be read makes its cell invalid, at its place")
  func unreadable() async throws {
    try await MatrixScene.with { scene in
      try scene.write("runenvs/python-3.13.5/pylock.linux-x64.toml", "<<<<<<< ours\n")
      guard case .invalid(let problems) = try await scene.state() else {
        Issue.record("it is not invalid")
        return
      }
      #expect(problems[0].position?.file == "runenvs/python-3.13.5/pylock.linux-x64.toml")
    }
  }

  @Test("planning changes nothing on disk")
  func harmless() async throws {
    try await MatrixScene.with { scene in
      try scene.lockAll([scene.serve(wheel("alpha", "1.0"))])
      _ = try await scene.plan()
      #expect(!scene.exists(".ppp") && !scene.exists("dist") && !scene.exists("../cache"))
    }
  }
}
