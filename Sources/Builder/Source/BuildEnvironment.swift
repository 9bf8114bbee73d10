import Artifacts
import ConfigMerge
import Model
import Processes
import SystemPackage
import Toolchains

/// An isolated environment to build one package in: a Python with nothing but the package's build requirements, a
/// HOME of its own, and only the variables listed here.
struct BuildEnvironment {
  let scratch: FilePath
  let uv: FilePath
  let interpreter: FilePath
  /// What uv sees, to fetch requirements with.
  let fetching: [String: String]

  var root: FilePath { scratch.appending("env") }
  var python: FilePath { root.appending("bin").appending("python") }
  var home: FilePath { scratch.appending("home") }
  var temporary: FilePath { scratch.appending("tmp") }

  /// Where requirements are installed, for the minor version of this Python.
  func sitePackages(_ python: PythonVersion) -> FilePath {
    root.pushing(FilePath("lib/python\(python.minorVersion)/site-packages"))
  }

  func make() async throws {
    for directory in [home, temporary] { try makeDirectory(directory) }
    try await runUV([
      "venv", "--no-project", "--no-config", "--quiet", "--python", interpreter.string, root.string,
    ])
  }

  /// Installs what a lock in PEP 751's format names, each file checked by its digest.
  func install(_ lock: FilePath) async throws {
    try await runUV(
      [
        "pip", "install", "--no-config", "--quiet", "--python", python.string, "--no-build", "--no-deps",
        "--preview-features", "pylock", "--requirement", lock.string,
      ])
  }

  private func runUV(_ arguments: [String]) async throws {
    _ = try await Processes.run(
      checked: Command(
        uv, arguments + ["--no-progress", "--color", "never"], environment: fetching,
        workingDirectory: scratch,
        timeout: .seconds(600), overflow: .keepEnds))
  }

  /// The variables of the build proper: nothing of the user's but PATH.
  ///
  /// Paths of this build don't get into what is compiled, nor does the time, nor debug information. Flags that are the
  /// package's own come last, so that they prevail.
  func variables(
    _ toolchain: Toolchain, searchPath: String?, epoch: String, jobs: Int, own: [String: String]
  ) -> [String: String] {
    let folders = [root.appending("bin")] + toolchain.searchPath
    let flags = "-g0 -ffile-prefix-map=\(scratch.string)=/build"
    var variables = [
      "PATH": (folders.map(\.string) + [searchPath ?? "/usr/bin:/bin"]).joined(separator: ":"),
      "HOME": home.string, "TMPDIR": temporary.string, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC",
      "VIRTUAL_ENV": root.string, "SOURCE_DATE_EPOCH": epoch, "PYTHONHASHSEED": "0",
      "PYTHONDONTWRITEBYTECODE": "1", "PYTHONNOUSERSITE": "1", "CFLAGS": flags, "CXXFLAGS": flags,
      "MAKEFLAGS": "-j\(jobs)", "CMAKE_BUILD_PARALLEL_LEVEL": "\(jobs)", "CARGO_BUILD_JOBS": "\(jobs)",
      "MAX_JOBS": "\(jobs)", "NPY_NUM_BUILD_JOBS": "\(jobs)",
    ]
    for (name, value) in toolchain.environment {
      variables[name] = ["CFLAGS", "CXXFLAGS"].contains(name) ? "\(value) \(flags)" : value
    }
    for (name, value) in own {
      let isAdded = ["CFLAGS", "CXXFLAGS", "LDFLAGS"].contains(name)
      variables[name] = isAdded ? variables[name].map { "\($0) \(value)" } ?? value : value
    }
    return variables
  }
}
