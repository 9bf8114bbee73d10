import ConfigMerge
import Model
import Modules
import Processes
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#endif

private let searchPath = getenv("PATH").map { String(cString: $0) }

@Suite("New module sources") struct ModuleScaffoldTests {
  @Test("a new module is found at once, its manifest good and every file listed")
  func found() async throws {
    try await ShelfScene.with { scene in
      let name = try ModuleName(parsing: "line-count")
      try await Scaffold.module(name, in: scene.root).write()
      let found = try await scene.shelf("modules").find(reference("line-count"))
      #expect(found.manifest.entryPoint == "line_count.cli:main")
      let names = try listDirectory(found.directory.appending("src/line_count"))
      #expect(names == ["__init__.py", "__main__.py", "cli.py", "main.py"])
      #expect(throws: ScaffoldError.exists(scene.root.appending("modules/line-count"))) {
        try Scaffold.module(name, in: scene.root)
      }
      let left = try listDirectory(scene.root.appending("modules"))
      #expect(left == ["line-count"])
    }
  }

  @Test("its code runs with any Python that is here")
  func runs() async throws {
    let python = try #require(findExecutable("python3", in: searchPath))
    try await ShelfScene.with { scene in
      try await Scaffold.module(try ModuleName(parsing: "line-count"), in: scene.root).write()
      let module = scene.root.appending("modules/line-count")
      let result = try await run(
        Command(
          python, ["-B", "-W", "error", "-m", "line_count", "README.md"],
          environment: ["PYTHONPATH": module.appending("src").string], workingDirectory: module))
      #expect(result.succeeded, "\(result.errorText)")
      #expect(Int(result.text.prefix { $0 != "\n" }) ?? 0 > 5)
    }
  }

  @Test(
    "its tests pass",
    .enabled(if: Peers.areWanted, Comment(rawValue: Peers.why)))
  func passes() async throws {
    try await ShelfScene.with { scene in
      try await Scaffold.module(try ModuleName(parsing: "line-count"), in: scene.root).write()
      let module = scene.root.appending("modules/line-count")
      var environment = scene.environment
      environment["PYTHONPATH"] = module.appending("src").string
      let result = try await run(
        Command(
          Peers.program("uv"), ["run", "--no-project", "--with", "pytest", "pytest", "-q"],
          environment: environment,
          workingDirectory: module))
      #expect(result.succeeded, "\(result.text) \(result.errorText)")
    }
  }

  @Test("what appears in the meantime is not touched")
  func race() async throws {
    try await ShelfScene.with { scene in
      let plan = try Scaffold.module(try ModuleName(parsing: "etl"), in: scene.root)
      try scene.write(["modules/etl/mine": "x"])
      await #expect(throws: ScaffoldError.self) { try await plan.write() }
      let left = try listDirectory(scene.root.appending("modules/etl"))
      #expect(left == ["mine"])
      let beside = try listDirectory(scene.root.appending("modules"))
      #expect(beside == ["etl"])
    }
  }
}
