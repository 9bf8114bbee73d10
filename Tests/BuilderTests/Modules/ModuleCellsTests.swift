import Artifacts
import Catalogue
import ConfigMerge
import FoundationEssentials
import Layers
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import Builder

/// Modules built into runenvs, from their files to the bundle.
@Suite struct ModuleCellsTests {
  static let cell = "python-3.13.5+elasticity@linux-x64"
  static let files = [
    "runenvs/python-3.13.5/config.json": "{}",
    "modules/elasticity/config.json": #"{"runenvs": ["*"]}"#,
    "modules/elasticity/pyproject.toml": """
    [project]
    name = "elasticity"
    version = "1.0.0"
    description = "Price elasticity"
    requires-python = ">=3.11"
    dependencies = ["alpha"]

    [project.scripts]
    elasticity = "elasticity.cli:main"
    """,
    "modules/elasticity/src/elasticity/__init__.py": "",
    "modules/elasticity/src/elasticity/cli.py": "def main():\n    print('elastic')\n",
    "modules/elasticity/src/elasticity/__pycache__/cli.cpython-313.pyc": "x",
  ]

  private func scene(
    _ files: [String: String] = [:], shared: String = MatrixScene.shared,
    _ body: (MatrixScene) async throws -> Void
  ) async throws {
    try await MatrixScene.with(shared: shared, files: Self.files.merging(files) { $1 }, body)
  }

  private func reason(_ scene: MatrixScene) async throws -> String {
    try #require(try await scene.plan()[CellID(parsing: Self.cell)]).reason
  }

  @Test("a module is installed as a package: files, metadata, record and command, and recorded as a module")
  func installed() async throws {
    try await scene { scene in
      try await scene.lockModulesToo([scene.serve(wheel("alpha", "1.0")), scene.serve(wheel("beta", "2.0"))])
      let results = try await scene.build()
      #expect(results.count == 4 && Set(results.endings.values) == ["built"])
      let record = try #require(try await scene.record(Self.cell))
      #expect(record.file == "dist/python-3.13.5+elasticity/python-3.13.5+elasticity-linux-x64.tar.zst")
      #expect(record.modules?.map { "\($0.name) \($0.version)" } == ["elasticity 1.0.0"])
      #expect(record.packages.map(\.name.normalized) == ["alpha", "beta", "elasticity"])
      #expect(record.layers.map { "\($0.kind) \($0.name)" }.last == "module elasticity 1.0.0")
      #expect(record.artifacts.contains { $0.digest == record.modules?.first?.digest })
      #expect(record.verification?.state == .passed)
      #expect(try await scene.record()?.modules == nil)
      try await scene.unpacked(Self.cell) { folder in
        let site = folder.appending("lib/python3.13/site-packages")
        let (package, metadata) = try (
          listDirectory(site.appending("elasticity")),
          listDirectory(site.appending("elasticity-1.0.0.dist-info"))
        )
        #expect(package == ["__init__.py", "cli.py"])
        #expect(
          metadata == [
            "INSTALLER", "METADATA", "RECORD", "REQUESTED", "WHEEL", "entry_points.txt",
          ])
        #expect(FileStatus(of: folder.appending("bin/elasticity"))?.isExecutable ?? false)
      }
    }
  }

  @Test("its metadata and its command work in the environment", .enabled(if: python != nil))
  func works() async throws {
    let python = try #require(Self.python)
    let minor = try #require(python.lastComponent?.string.dropFirst("python3.".count))
    let runenv = "runenvs/python-3.\(minor).1/config.json"
    try await MatrixScene.with(
      files: Self.files.filter { !$0.key.hasPrefix("runenvs") }.merging([runenv: "{}"]) { $1 }
    ) { scene in
      let cell = "python-3.\(minor).1+elasticity@linux-x64"
      try await scene.lockModulesToo([scene.serve(wheel("alpha", "1.0"))])
      try await scene.build(cell)
      let record = try #require(try await scene.record(cell))
      let folder = scene.root.appending("unpacked")
      try await blocking { [bundle = scene.path(record.file)] _ in try unpackBundle(at: bundle, into: folder)
      }
      let environment = ["PATH": "/usr/bin:/bin", "PPP_PYTHON": python.string]
      let script = try await run(
        Command(folder.appending("bin/elasticity"), [], environment: environment))
      #expect(script.text == "elastic\n")
      let code = """
        import sys; sys.path.insert(0, sys.argv[1])
        from importlib.metadata import distribution
        found = distribution("elasticity")
        print(found.version, found.requires, all(f.locate().exists() for f in found.files))
        """
      let site = folder.appending("lib/python3.\(minor)/site-packages").string
      let metadata = try await run(Command(python, ["-c", code, site], environment: environment))
      #expect(metadata.text == "1.0.0 ['alpha'] True\n")
    }
  }

  private static let python = ["python3.11", "python3.12", "python3.13", "python3.14"].lazy
    .compactMap { findExecutable($0, in: "/usr/bin:/bin:/usr/local/bin") }.first

  @Test("a change of its source makes one layer, and is told by the file")
  func sourceChange() async throws {
    try await scene { scene in
      try await scene.lockModulesToo([scene.serve(wheel("alpha", "1.0"))])
      try await scene.build()
      let old = try #require(try await scene.record(Self.cell))
      try scene.write("modules/elasticity/src/elasticity/cli.py", "def main():\n    print('more')\n")
      try scene.write("modules/elasticity/src/elasticity/model.py", "")
      #expect(
        try await reason(scene) == "module elasticity: src/elasticity/cli.py changed; "
          + "module elasticity: src/elasticity/model.py added")
      let log = EventLog()
      let results = try await scene.build(Self.cell, log: log)
      #expect(results.map(\.madeLayers) == [1])
      #expect(log.started(.layer) == ["elasticity-1.0.0-py3-none-any.whl"])
      let new = try #require(try await scene.record(Self.cell))
      #expect(new.modules?.first?.digest != old.modules?.first?.digest)
      #expect(new.layers.dropLast() == old.layers.dropLast())
      #expect(try await scene.state() == .upToDate)
    }
  }

  @Test("a new version is a reason that reads well")
  func versionChange() async throws {
    try await scene { scene in
      try await scene.lockModulesToo([scene.serve(wheel("alpha", "1.0"))])
      try await scene.build()
      let file = "modules/elasticity/pyproject.toml"
      try scene.write(file, try scene.text(file).replacing("1.0.0", with: "1.1.0"))
      #expect(
        try await reason(scene) == "module elasticity 1.0.0 → 1.1.0; module elasticity: METADATA changed")
    }
  }

  @Test("what git ignores stays out, what it would take in is in")
  func ignored() async throws {
    let git = try #require(findExecutable("git", in: "/usr/bin:/bin"))
    try await scene([
      ".gitignore": "*.secret\n", "modules/elasticity/src/elasticity/key.secret": "s",
      "modules/elasticity/src/elasticity/.keep": "",
    ]) { scene in
      let made = try await run(
        Command(
          git, ["init", "--quiet", "."], environment: ["PATH": "/usr/bin:/bin"], workingDirectory: scene.root)
      )
      #expect(made.succeeded)
      let module = try #require(
        try await scene.load().runenv(named: "python-3.13.5+elasticity")?.modules.first)
      #expect(
        module.files.map(\.path) == ["elasticity/.keep", "elasticity/__init__.py", "elasticity/cli.py"])
      try scene.write("modules/elasticity/src/elasticity/new.py", "")
      let again = try #require(
        try await scene.load().runenv(named: "python-3.13.5+elasticity")?.modules.first)
      #expect(again.files.count == 4)
    }
  }

  @Test("modules that it needs are put in before it, one layer each")
  func needs() async throws {
    let project = """
      [project]
      name = "elasticity"
      version = "1.0.0"
      dependencies = ["demand-classes>=1", "alpha"]
      [tool.uv.sources]
      demand-classes = { workspace = true }
      """
    try await scene([
      "modules/elasticity/pyproject.toml": project,
      "modules/demand-classes/pyproject.toml":
        "[project]\nname = \"demand-classes\"\nversion = \"1.2\"\ndependencies = [\"beta\"]\n",
      "modules/demand-classes/src/demand_classes/__init__.py": "",
    ]) { scene in
      let recipe = try #require(try await scene.load().recipe(for: CellID(parsing: Self.cell)))
      #expect(recipe.dependencies.map(\.value.description) == ["alpha", "beta"])
      try await scene.lockModulesToo([scene.serve(wheel("alpha", "1.0"))])
      try await scene.build()
      let record = try #require(try await scene.record(Self.cell))
      #expect(record.modules?.map(\.name.description) == ["demand-classes", "elasticity"])
      #expect(record.layers.filter { $0.kind == "module" }.count == 2)
    }
  }

  @Test("a source is rendered with its options, and only what its manifest lists is in")
  func rendered() async throws {
    let manifest = """
      {"name": "demand", "version": "2.0", "summary": "Demand",
       "options": [{"name": "type", "type": "choice", "choices": ["a", "b"], "default": "a", "help": "which"}],
       "entryPoint": "demand.cli:main",
       "dependencies": ["alpha", {"requirement": "beta>=2", "when": {"type": "b"}}],
       "files": ["src", {"from": "variants/b.py", "to": "src/{{ package }}/model.py", "when": {"type": "b"}}]}
      """.replacing(#"["src","#, with: #"[{"from": "src"},"#)
    try await scene([
      "modules/demand/module.json": manifest, "modules/demand/src/demand/__init__.py": "",
      "modules/demand/src/demand/cli.py": "def main(): pass\n", "modules/demand/variants/b.py": "b = 1\n",
      "modules/demand/notes/draft.txt": "",
      "modules/demand/config.json":
        #"{"runenvs": ["*"], "platforms": ["linux-x64"], "options": {"type": "b"}}"#,
    ]) { scene in
      let recipe = try #require(
        try await scene.load().recipe(for: CellID(parsing: "python-3.13.5+demand@linux-x64")))
      let module = try #require(recipe.modules.first)
      #expect(module.files.map(\.path) == ["demand/__init__.py", "demand/cli.py", "demand/model.py"])
      #expect(module.version.description == "2.0" && module.scripts.map(\.name) == ["demand"])
      #expect(recipe.dependencies.map(\.value.description) == ["alpha", "beta", "beta>=2"])
      #expect(recipe.dependencies.last?.position?.file == "modules/demand/module.json")
    }
  }

  @Test("a wheelhouse has the module as a wheel, in a zip archive too", arguments: ["tar.zst", "zip"])
  func wheelhouse(archive: String) async throws {
    let config = #"{"runenvs": ["*"], "build": {"layout": "wheelhouse", "archive": "\#(archive)"}}"#
    try await scene(["modules/elasticity/config.json": config]) { scene in
      try await scene.lockModulesToo([scene.serve(wheel("alpha", "1.0"))])
      let results = try await scene.build(Self.cell)
      #expect(results.endings == [Self.cell: "built"])
      let files = try await Catalogue(at: Catalogue.path(in: scene.root))
        .files(of: BundleReference(CellID(parsing: Self.cell))).map(\.path)
      #expect(
        files == ["packages/alpha-1.0-py3-none-any.whl", "packages/elasticity-1.0.0-py3-none-any.whl"])
      #expect(try await scene.record(Self.cell)?.modules?.count == 1)
    }
  }

  @Test("a package of the module's name makes the cell invalid")
  func clash() async throws {
    try await scene { scene in
      try await scene.lockModulesToo([scene.serve(wheel("elasticity", "3.0"))])
      #expect(try await reason(scene).contains("is called as a package"))
    }
  }

  @Test("cells of a module that is not declared any more are forgotten, their files too")
  func forgotten() async throws {
    try await scene { scene in
      try await scene.lockModulesToo([scene.serve(wheel("alpha", "1.0"))])
      try await scene.build()
      try removeTree(scene.path("modules/elasticity/config.json"))
      try await scene.build()
      #expect(try await scene.record(Self.cell) == nil && !scene.exists("dist/python-3.13.5+elasticity"))
    }
  }
}
