import Model
import SystemPackage
import Testing

@Suite("Modules that are built into runenvs, on the command line")
struct ModuleCellCommandTests {
  private static let module = [
    "modules/demand/config.json": #"{"runenvs": ["*-one", "*-two"], "platforms": ["linux-x64"]}"#,
    "modules/demand/pyproject.toml": """
    [project]
    name = "demand"
    version = "1.0.0"
    requires-python = ">=3.12"
    dependencies = ["beta"]
    [project.scripts]
    demand = "demand:main"

    """,
    "modules/demand/src/demand/__init__.py": "def main():\n    print('demanded')\n",
  ]
  /// For what asks no index.
  private static var files: [String: String] {
    Scene.standardFiles.mapValues { $0.replacing("{index}", with: "https://localhost/simple") }.merging(
      module
    ) { $1 }
  }
  private static let cell = "python-3.13.5-one+demand@linux-x64"

  @Test("a module's cell is planned, and one that it doesn't fit is listed with the reason")
  func plan() async throws {
    try await inScene(Self.files) { scene in
      let ending = try await scene.run("plan", "--module", "demand")
      #expect(ending.status == 0 && ending.errors == "")
      #expect(ending.output.contains("\(Self.cell)  lock, build, verify"))
      #expect(ending.output.contains("python-3.11.2-two+demand@linux-x64  'demand' needs Python >=3.12"))
      let json = try await scene.run("plan", "--format", "json", "*+demand@linux-*")
      #expect(
        json.output.contains("\"cell\" : \"\(Self.cell)\"") && json.output.contains("\"excluded\" : [\n    {")
      )
      #expect(try await scene.run("plan", "--module", "demand", "--runenv", "python-3.13.5-one").status == 0)
      #expect(
        try await scene.run("config", "show", "python-3.13.5-one+demand").output
          .contains("modules:\n    demand: \"1.0.0\""))
      #expect(
        try await scene.run("config", "check").errors
          == "2 runenvs, 1 modules, 4 cells: the configuration is good\n")
    }
  }

  @Test(
    "an unknown module is refused with the nearest, one that has no such cell with what it says of itself")
  func unknown() async throws {
    try await inScene(Self.files) { scene in
      let near = try await scene.run("build", "--module", "demnad")
      #expect(near.status == 3 && near.output == "")
      #expect(
        near.errors
          == "error: no cell is selected by --module demnad\n  hint: did you mean 'demand'?\n")
      let unfit = try await scene.run("build", "--module", "demand", "--runenv", "*-two")
      #expect(unfit.status == 3)
      #expect(
        unfit.errors.contains("python-3.11.2-two+demand@linux-x64 is not made: 'demand' needs Python >=3.12"))
      let elsewhere = try await scene.run("plan", "--module", "demand", "--platform", "macosx-aarch64")
      #expect(elsewhere.errors.contains("its runenvs and platforms are in 'modules/demand/config.json'"))
    }
  }

  @Test("what is wrong with a module is told at its place, and nothing is done")
  func wrong() async throws {
    var files = Self.files
    files["modules/demand/config.json"] = #"{"runenvs": ["*-three"]}"#
    try await inScene(files) { scene in
      let ending = try await scene.run("build")
      #expect(ending.status == 2)
      #expect(ending.errors.contains("modules/demand/config.json:1:14: error: '*-three' matches no runenv"))
    }
  }

  @Test(
    "lock, build, verify and the catalogue know a module's cells",
    .enabled(if: RealTools.arePresent, Comment(rawValue: RealTools.why)))
  func wholeWay() async throws {
    try await Scene.locking(Scene.standardWheels, Scene.standardFiles.merging(Self.module) { $1 }) {
      scene, _ in
      let locked = try await scene.run("lock")
      #expect(locked.status == 0, "\(locked.errors)")
      #expect(scene.has("modules/demand/locks/python-3.13.5-one/pylock.linux-x64.toml"))
      let built = try await scene.run("build", "--module", "demand", "--progress", "none")
      #expect(built.status == 0, "\(built.errors)")
      #expect(scene.has("dist/python-3.13.5-one+demand/python-3.13.5-one+demand-linux-x64.tar.zst"))
      // The bundle, its checksum, the catalogue and its page.
      #expect(try scene.files(in: "dist").count == 4)
      #expect(try await scene.run("verify", "--module", "demand").status == 0)
      let listed = try await scene.run("catalogue", "list", "--module", "demand")
      #expect(listed.output.contains(Self.cell) && listed.output.split(separator: "\n").count == 2)
      let shown = try await scene.run("catalogue", "show", Self.cell)
      #expect(shown.output.contains("\nmodule  version  digest"))
      try scene.write("modules/demand/src/demand/__init__.py", "def main(): pass\n")
      #expect(
        try await scene.run("plan", "--module", "demand").output
          .contains("module demand: src/demand/__init__.py changed"))
    }
  }
}
