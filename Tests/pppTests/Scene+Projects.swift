import Model
import SystemPackage
import TestSupport

/// Repositories of modules, as users have them.
extension Scene {
  /// A module with a program that says what it sees, and tests when they are given.
  static func module(_ name: String, tests: String? = nil) -> [String: String] {
    var files = [
      "modules/\(name)/pyproject.toml": """
      [project]
      name = "\(name)"
      version = "1.0.0"
      requires-python = ">=3.9"

      [project.scripts]
      \(name) = "\(name).cli:main"

      [dependency-groups]
      dev = ["pytest"]

      [build-system]
      requires = ["uv_build>=0.9"]
      build-backend = "uv_build"
      """,
      "modules/\(name)/src/\(name)/__init__.py": "", "modules/\(name)/src/\(name)/cli.py": program,
    ]
    files["modules/\(name)/tests/test_\(name).py"] = tests
    return files
  }

  private static let program = """
    import os, signal, sys, time

    def main():
        task = sys.argv[1] if len(sys.argv) > 1 else ""
        if task == "exit":
            return int(sys.argv[2])
        if task == "shout":
            print(sys.stdin.read().upper(), end="")
        if task == "terminal":
            print(sys.stdin.isatty(), sys.stdout.isatty())
        if task == "where":
            print(os.getcwd(), *sys.argv[2:], sep="|")
        if task == "files":
            print(*sorted(os.listdir("/proc/self/fd")))
        if task == "wait":
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(15))
            print("ready", file=sys.stderr, flush=True)
            try:
                time.sleep(600)
            except KeyboardInterrupt:
                return 2
        return 0
    """

  /// The root of a uv workspace of all modules.
  static let workspaceRoot = [
    "pyproject.toml": """
    [project]
    name = "repository"
    version = "0"
    requires-python = ">=3.9"

    [tool.uv.workspace]
    members = ["modules/*"]
    """
  ]

  /// Runs the functions `test_*` of the files below its first argument: what these tests need of pytest.
  ///
  /// No index is asked in these tests; with `PPP_TEST_PEERS` the real one is tried.
  static let pytest: WheelMaker = {
    var wheel = WheelMaker(
      name: "pytest", version: "8.0",
      files: [
        "pytest.py": """
        import pathlib, runpy, sys, traceback

        def main():
            report = next((a.partition("=")[2] for a in sys.argv if a.startswith("--junit-xml=")), None)
            wanted = sys.argv[sys.argv.index("-k") + 1] if "-k" in sys.argv else ""
            tests = failures = 0
            for file in sorted(pathlib.Path(sys.argv[1]).rglob("test_*.py")):
                for name, function in runpy.run_path(str(file)).items():
                    if not name.startswith("test_") or wanted not in name:
                        continue
                    tests += 1
                    try:
                        function()
                    except Exception:
                        failures += 1
                        traceback.print_exc()
            print(f"{tests} run, {failures} failed")
            if report:
                pathlib.Path(report).write_text(
                    f'<testsuites><testsuite name="p" errors="0" failures="{failures}" skipped="0" tests="{tests}"/></testsuites>'
                )
            return 5 if tests == 0 else 1 if failures else 0
        """
      ])
    wheel.entryPoints = ["console_scripts": ["pytest = pytest:main"]]
    return wheel
  }()
}

/// Gives the body a scene with these files, ppp's uv, and a directory of wheels in place of an index.
func inProjects(_ files: [String: String], _ body: (Scene) async throws -> Void) async throws {
  try await inScene(files) { scene in
    try RealTools.seed(scene.cache)
    let wheels = scene.directory.appending("wheels")
    try makeDirectory(wheels)
    try writeAtomically(Scene.pytest.bytes, to: wheels.appending(Scene.pytest.fileName))
    var scene = scene
    scene.environment["UV_FIND_LINKS"] = wheels.string
    scene.environment["UV_NO_INDEX"] = "1"
    scene.environment["UV_OFFLINE"] = "1"
    scene.environment["UV_PYTHON_DOWNLOADS"] = "never"
    try await body(scene)
  }
}
