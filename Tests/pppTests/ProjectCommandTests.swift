import FoundationEssentials
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@Suite(
  "install and test",
  .enabled(
    if: RealTools.arePresent && findExecutable("python3", in: "/usr/bin:/bin") != nil,
    Comment(rawValue: RealTools.why)))
struct ProjectCommandTests {
  private static let good = "def test_good():\n    import etl.cli\n"
  private static let bad = "def test_bad():\n    assert 1 == 2\ndef test_good():\n    pass\n"

  private func files(_ parts: [String: String]...) -> [String: String] {
    parts.reduce(into: [:]) { $0.merge($1) { $1 } }
  }

  @Test("install puts all modules into the workspace's .venv, and a named one beside what is there")
  func install() async throws {
    try await inProjects(files(Scene.workspaceRoot, Scene.module("etl"), Scene.module("web"))) { scene in
      let all = try await scene.run("install")
      #expect(all.status == 0, "\(all)")
      #expect(all.output.hasPrefix("installed etl, web in "))
      #expect(scene.has(".venv/bin/etl") && scene.has(".venv/bin/web") && scene.has("uv.lock"))
      let one = try await scene.run("install", "web", from: scene.workspace.appending("modules"))
      #expect(one.status == 0 && scene.has(".venv/bin/etl"), "\(one)")
    }
  }

  @Test("install gives a module that is in no workspace its own .venv")
  func installAlone() async throws {
    try await inProjects(files(Scene.module("etl"), Scene.module("web"))) { scene in
      let all = try await scene.run("install", "--quiet")
      #expect(all.status == 0 && all.all == "", "\(all)")
      #expect(scene.has("modules/etl/.venv/bin/etl") && scene.has("modules/web/.venv/bin/web"))
    }
  }

  @Test("what uv can't do is told in its words, with exit code 1")
  func uvFails() async throws {
    let files = files(Scene.workspaceRoot, Scene.module("etl", tests: Self.good))
    try await inProjects(files) { scene in
      let project = try scene.read("modules/etl/pyproject.toml")
      try scene.write(
        "modules/etl/pyproject.toml",
        project.replacing("\n[project.scripts]", with: "dependencies = [\"nowhere\"]\n\n[project.scripts]"))
      for command in [["install"], ["test"]] {
        let ending = try await scene.run(command)
        #expect(ending.status == 1 && ending.output == "", "\(ending)")
        #expect(ending.errors.contains("nowhere") && ending.errors.contains("No solution found"), "\(ending)")
        #expect(ending.errorCount == 1, "\(ending)")
      }
    }
  }

  @Test("test tells each module apart, failures last, and counts; one that fails makes it exit with 1")
  func test() async throws {
    let files = files(
      Scene.workspaceRoot, Scene.module("bad", tests: Self.bad), Scene.module("etl", tests: Self.good),
      Scene.module("none"))
    try await inProjects(files) { scene in
      let ending = try await scene.run("test")
      #expect(ending.status == 1, "\(ending)")
      try #require(ending.output.split(separator: "\n").count > 2, "\(ending)")
      let rows = ending.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      #expect(rows[0] == ["module", "result", "passed", "failed", "skipped", "time"])
      #expect(rows[1].prefix(5) == ["bad", "failed", "1", "1", "0"])
      #expect(rows[2].prefix(5) == ["etl", "passed", "1", "0", "0"])
      #expect(rows[3] == ["none", "no", "tests"])
      let etl = try #require(ending.errors.firstRange(of: "── etl: passed, "))
      let bad = try #require(ending.errors.firstRange(of: "── bad: failed, "))
      #expect(etl.lowerBound < bad.lowerBound)
      #expect(ending.errors[bad.upperBound...].contains("assert 1 == 2"))
      // Neither the user's environment nor git hears of it.
      #expect(!scene.has(".venv") && scene.has(".ppp/venvs/etl/bin/pytest"))
      #expect(try scene.read(".ppp/.gitignore") == "*\n")
    }
  }

  @Test("test gives pytest what stands after --, and its result for machines")
  func arguments() async throws {
    let files = files(Scene.module("bad", tests: Self.bad), Scene.module("etl", tests: Self.good))
    try await inProjects(files) { scene in
      let ending = try await scene.run(
        "test", "--module", "bad", "etl", "--format", "json", "-q", "--", "-k", "good")
      #expect(ending.status == 0 && ending.errors == "", "\(ending)")
      #expect(ending.output.contains(#""result" : "passed""#))
      #expect(!ending.output.contains("failed\" : 1"))
    }
  }

  @Test("no test at all is said; it is a failure of a module that was named")
  func noTests() async throws {
    let files = files(Scene.workspaceRoot, Scene.module("etl", tests: Self.good), Scene.module("none"))
    try await inProjects(files) { scene in
      let named = try await scene.run("test", "--module", "none")
      #expect(named.status == 1 && named.output.contains("no tests"), "\(named)")
      let all = try await scene.run("test", "--", "-k", "nothing")
      #expect(all.status == 0 && all.output.contains("no tests"), "\(all)")
      try removeTree(scene.workspace.pushing("modules/etl"))
      let without = try await scene.run("test")
      #expect(without.status == 3, "\(without)")
      #expect(without.errors == "error: no module in '\(scene.workspace)' has tests\n")
    }
  }

  @Test("a module without pytest is told with the command that adds it, and keeps no other from its tests")
  func noPytest() async throws {
    var files = files(
      Scene.module("etl", tests: Self.good), Scene.module("web", tests: "def test_it(): pass\n"))
    files["modules/web/pyproject.toml"]?.replace("\"pytest\"", with: "")
    try await inProjects(files) { scene in
      let ending = try await scene.run("test")
      #expect(ending.status == 1, "\(ending)")
      #expect(ending.output.contains("not run") && ending.output.contains("passed"))
      #expect(ending.errors.contains("error: module 'web' does not have pytest among its requirements"))
      #expect(ending.errors.contains("--dev pytest"))
    }
  }

  @Test("a module that imports what it does not require fails, though another brings it")
  func undeclared() async throws {
    let files = files(
      Scene.workspaceRoot, Scene.module("etl"), Scene.module("web", tests: "def test_it():\n    import etl\n")
    )
    try await inProjects(files) { scene in
      let installed = try await scene.run("install")
      #expect(installed.status == 0, "\(installed)")
      let ending = try await scene.run("test", "--module", "web")
      #expect(ending.status == 1 && ending.errors.contains("No module named 'etl'"), "\(ending)")
    }
  }

  @Test("SIGINT ends the tests with all that they started")
  func interrupted() async throws {
    let tests = """
      def test_slow():
          import os, pathlib, time
          pathlib.Path("child").write_text(str(os.getpid()))
          time.sleep(300)
      """
    try await inProjects(Scene.module("etl", tests: tests)) { scene in
      let program = try scene.start("test")
      await program.wait { scene.has("child") && (try? scene.read("child")).map { !$0.isEmpty } == true }
      program.send(2)
      let ending = try await program.ending()
      #expect(ending.status == 130 && ending.errorCount == 0, "\(ending)")
      #expect(FileStatus(of: FilePath("/proc/\(try scene.read("child"))/exe")) == nil)
    }
  }

  /// The source of a module that needs another.
  private static let sources = [
    "modules/web/module.json": """
    {
      "name": "web", "version": "1.0.0", "summary": "a shop", "python": ">=3.9",
      "options": [{"name": "greeting", "type": "text", "default": "hello", "help": "what it says"}],
      "entryPoint": "web.cli:main", "needs": ["etl"], "devDependencies": ["pytest"],
      "files": [{"from": "src"}, {"from": "tests"}, {"from": "cli.py", "to": "src/web/cli.py", "template": true}]
    }
    """,
    "modules/web/src/web/__init__.py": "",
    "modules/web/cli.py": "import etl\ndef main():\n    print('{{ greeting }}', etl.name)\n",
    "modules/web/tests/test_web.py": "def test_it():\n    from web.cli import main\n    main()\n",
    "modules/etl/module.json": """
    {
      "name": "etl", "version": "1.0.0", "summary": "a load", "python": ">=3.9", "devDependencies": ["pytest"],
      "files": [{"from": "src"}]
    }
    """,
    "modules/etl/src/etl/__init__.py": "name = 'etl'\n",
  ]

  @Test("a module's source is tested and run as it would be once added, with what it needs")
  func sources() async throws {
    try await inProjects(Self.sources) { scene in
      let tested = try await scene.run("test", "--module", "web")
      #expect(tested.status == 0 && tested.errors.contains("hello etl\n1 run, 0 failed"), "\(tested)")
      let all = try await scene.run("test", "--format", "json")
      #expect(all.status == 0 && all.output.contains(#""result" : "noTests""#), "\(all)")
      try scene.write("modules/web/cli.py", "def main():\n    return 7\n")
      try removeTree(scene.workspace.pushing("modules/web/src/web/__init__.py"))
      try scene.write("modules/web/src/web/__init__.py", "")
      let ran = try await scene.start("run", "--module", "web").ending()
      #expect(ran.status == 7, "\(ran)")
      #expect(try scene.files(in: "modules").allSatisfy { !$0.contains("venv") && !$0.hasSuffix(".lock") })
      let installed = try await scene.run("install", "web")
      #expect(installed.status == 1)
      #expect(installed.errors.hasPrefix("error: 'modules/web' is a module's source, not a project\n"))
    }
  }

  @Test("a source that is wrong is told at its place, and keeps no other from its tests")
  func wrongSource() async throws {
    try await inProjects(Self.sources) { scene in
      try scene.write("modules/web/cli.py", "{{ greting }}\n")
      try scene.write("modules/etl/tests/test_etl.py", "def test_it(): pass\n")
      try scene.write(
        "modules/etl/module.json",
        try scene.read("modules/etl/module.json").replacing(
          "{\"from\": \"src\"}", with: "{\"from\": \"src\"}, {\"from\": \"tests\"}"))
      let ending = try await scene.run("test")
      #expect(ending.status == 1, "\(ending)")
      #expect(ending.errors.contains("modules/web/cli.py:1:4: error: "), "\(ending)")
      #expect(ending.output.contains(#/etl +passed +1/#) && ending.output.contains(#/web +not run/#))
    }
  }

  @Test("real pytest from the real index is run and counted", .enabled(if: Peers.areWanted))
  func peers() async throws {
    let tests = "import pytest\n\(Self.good)\n@pytest.mark.skip\ndef test_left(): pass\n"
    let files = files(
      Scene.workspaceRoot, Scene.module("etl", tests: tests), Scene.module("bad", tests: Self.bad))
    try await inProjects(files) { scene in
      var scene = scene
      // What this machine needs for reaching the index counts.
      scene.environment = ProcessInfo.processInfo.environment.merging(scene.environment) { $1 }
      for name in ["UV_FIND_LINKS", "UV_NO_INDEX", "UV_OFFLINE"] { scene.environment[name] = nil }
      let ending = try await scene.run("test")
      #expect(ending.status == 1, "\(ending)")
      try #require(ending.output.split(separator: "\n").count > 2, "\(ending)")
      let rows = ending.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      #expect(rows[1].prefix(5) == ["bad", "failed", "1", "1", "0"])
      #expect(rows[2].prefix(5) == ["etl", "passed", "1", "0", "1"])
      #expect(ending.errors.contains("test session starts"))
      let offline = try await scene.run("test", "--offline", "--module", "etl")
      #expect(offline.status == 0, "\(offline)")
    }
  }
}
