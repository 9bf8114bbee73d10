import FoundationEssentials
import Model
import SystemPackage
import Testing

@Suite("ppp build", .enabled(if: RealTools.arePresent, Comment(rawValue: RealTools.why)))
struct BuildCommandTests {
  struct Report: Decodable {
    struct Cell: Decodable {
      let cell: String
      let ending: String
      let file: String?
      let checks: String?
      let problem: String?
    }
    let schemaVersion: Int
    let cells: [Cell]
  }

  static let bundles = [
    "catalogue.json", "index.html", "python-3.11.2-two/python-3.11.2-two-linux-x64.manifest.json",
    "python-3.11.2-two/python-3.11.2-two-linux-x64.tar.zst",
    "python-3.13.5-one/python-3.13.5-one-linux-x64.manifest.json",
    "python-3.13.5-one/python-3.13.5-one-linux-x64.tar.zst",
    "python-3.13.5-one/python-3.13.5-one-macosx-aarch64.manifest.json",
    "python-3.13.5-one/python-3.13.5-one-macosx-aarch64.tar.zst",
  ]

  @Test("a build makes bundles, manifests and the catalogue; a second one has nothing to do")
  func buildsAll() async throws {
    try await Scene.locking { scene, index in
      let first = try await scene.start("build").ending()
      #expect(first.status == 0, "\(first)")
      #expect(try scene.files(in: "dist") == Self.bundles)
      #expect(first.output.contains("\n3 built ("))
      #expect(first.output.hasPrefix("cell  "))
      #expect(first.errors.contains("fetch alpha-1.0-py3-none-any.whl  "))
      #expect(!first.output.contains("fetch"))
      #expect(!first.errors.contains("3 built"))

      let requests = index.requestCount
      let second = try await scene.start("build").ending()
      #expect(second.status == 0)
      #expect(second.output.wholeMatch(of: #/3 up to date in \d+ ms\n/#) != nil, "\(second)")
      #expect(second.errors == "")
      #expect(index.requestCount == requests, "nothing is asked of the index")

      let plan = try await scene.run("plan")
      #expect(plan.output.matches(of: #/nothing +up to date\n/#).count == 3, "\(plan)")
      let changed = try await scene.run("plan", "--only-changed")
      #expect(changed.status == 0)
    }
  }

  @Test("what changed is built again, and the plan says why")
  func buildsWhatChanged() async throws {
    try await Scene.locking { scene, _ in
      try await scene.built()
      try scene.write(
        "runenvs/python-3.11.2-two/config.json",
        "{\"platforms\": [\"linux-x64\"], \"packages\": {\"dependencies\": [\"beta>1\"]}}")
      let plan = try await scene.run("plan")
      #expect(plan.output.contains("dependencies: beta<2 → beta>1\n"), "\(plan)")
      let ending = try await scene.run("build", "--format", "json")
      let report = try JSONDecoder().decode(Report.self, from: Data(ending.output.utf8))
      #expect(report.cells.map(\.ending) == ["built", "upToDate", "upToDate"])
    }
  }

  @Test("as JSON the report is all that standard output has")
  func json() async throws {
    try await Scene.locking { scene, _ in
      let ending = try await scene.start("build", "--format", "json", "--progress", "plain").ending()
      #expect(ending.status == 0, "\(ending)")
      let report = try JSONDecoder().decode(Report.self, from: Data(ending.output.utf8))
      #expect(report.schemaVersion == 1)
      #expect(report.cells.map(\.ending) == ["built", "built", "built"])
      #expect(report.cells.map(\.checks) == ["passed", "passed", "passed"])
      #expect(ending.errors.contains("bundle python-3.13.5-one@linux-x64  "))
    }
  }

  @Test("--quiet says nothing when all is well")
  func quiet() async throws {
    try await Scene.locking { scene, _ in
      let ending = try await scene.start("build", "--quiet").ending()
      #expect((ending.status, ending.all) == (0, ""))
    }
  }

  @Test("a cell that fails stops no other; its problem is told once, and the status is 1")
  func keepsGoing() async throws {
    var files = Scene.standardFiles
    files["runenvs/python-3.11.2-two/config.json"] = """
      {"platforms": ["linux-x64"], "packages": {"dependencies": ["nowhere"], "resolution": {"strictMissing": true}}}
      """
    try await Scene.locking(Scene.standardWheels, files) { scene, _ in
      let ending = try await scene.run("build")
      #expect(ending.status == 1)
      #expect(ending.output.contains("\n2 built ("))
      #expect(ending.output.contains(", 1 failed in "))
      #expect(ending.errorCount == 1, "\(ending)")
      let stopped = try await scene.run("build", "--no-keep-going")
      #expect(stopped.status == 1)
      #expect(stopped.errors.contains("stopped because python-3.11.2-two@linux-x64 failed"))
    }
  }

  @Test("--offline says what is missing, and is enough once everything is there")
  func offline() async throws {
    try await Scene.locking { scene, index in
      _ = try await scene.run("lock")
      let missing = try await scene.run("build", "--offline")
      #expect(missing.status == 1)
      #expect(missing.errors.contains("alpha-1.0-py3-none-any.whl"), "\(missing)")
      #expect(missing.errors.contains("offline"))
      #expect(try scene.files(in: "dist").filter { $0.contains(".tar") } == [])
      try await scene.built()
      index.stop()
      try removeTree(scene.workspace.appending("dist"))
      let warm = try await scene.run("build", "--offline")
      #expect(warm.status == 0, "\(warm)")
      #expect(try scene.files(in: "dist") == Self.bundles)
    }
  }

  @Test("two builds at once on one cache and one workspace both succeed")
  func twoAtOnce() async throws {
    try await Scene.locking { scene, _ in
      let programs = [try scene.start("build"), try scene.start("build")]
      for program in programs {
        let ending = try await program.ending()
        #expect(ending.status == 0, "\(ending)")
      }
      #expect(try scene.files(in: "dist") == Self.bundles)
      let verified = try await scene.run("verify")
      #expect(verified.status == 0, "\(verified)")
    }
  }
}
