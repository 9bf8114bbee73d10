import Model
import Processes
import SystemPackage
import Testing

@testable import Toolchains

/// What this machine's Python says in a build for another platform.
@Suite("Python that answers for another platform") struct CrossPythonTests {
  @Test(
    "packages hear of the other platform",
    arguments: [
      (Platform.windowsX64, "win32 nt Windows AMD64 10 False win-amd64 /include /runtime"),
      (.macOSAArch64, "darwin posix Darwin arm64 22.0.0 True macosx-13.0-arm64 /include -"),
      (.linuxAArch64, "linux posix Linux aarch64 - True linux-aarch64 /include -"),
    ])
  func package(platform: Platform, expected: String) async throws {
    let seen = try await says(
      """
      import os, platform, sys, sysconfig
      release = platform.release() if sys.platform != "linux" else "-"
      prefix = sys.base_prefix if os.name == "nt" else "-"
      print(sys.platform, os.name, platform.system(), platform.machine(), release, hasattr(os, "uname"),
            sysconfig.get_platform(), sysconfig.get_path("include"), prefix)
      """, for: platform)
    #expect(seen == expected)
  }

  @Test("the standard library goes on working here", arguments: [Platform.windowsX64, .macOSX64])
  func library(platform: Platform) async throws {
    let seen = try await says(
      """
      import asyncio, ctypes, multiprocessing, pathlib, shutil, subprocess, tempfile
      with tempfile.NamedTemporaryFile() as file:
          exists = pathlib.Path(file.name).exists()
      print(exists, shutil.which("sh") is not None, subprocess.run(["/bin/sh", "-c", "exit 3"]).returncode,
            type(pathlib.Path()).__name__)
      """, for: platform)
    #expect(seen == "True True 3 PosixPath")
  }

  @Test("tools that work here, as Meson and setuptools do, see this machine")
  func tools() async throws {
    let seen = try await says(
      """
      import types
      tool = types.ModuleType("mesonbuild.environment")
      exec("import os, platform, sys; seen = sys.platform, os.name, platform.system()", vars(tool))
      print(*tool.seen)
      """, for: .windowsX64)
    #expect(seen == "linux posix Linux")
  }

  private func says(_ script: String, for platform: Platform) async throws -> String {
    try await withTemporaryDirectory(in: "/tmp", prefix: "ppp cross ") { directory in
      let toolchain = Toolchain(identity: "none", platform: platform, isCross: true, environment: [:])
      let python = CrossPython(
        version: PythonVersion(3, 13, 5), platform: platform, include: "/include", prefix: "/runtime")
      let crossed = try toolchain.crossing(
        to: python, floor: .standard(for: platform), in: directory.appending("files"))
      let program = try #require(findExecutable("python3", in: "/usr/local/bin:/usr/bin:/bin"))
      let variables = crossed.environment.merging(["PATH": "/usr/bin:/bin"]) { $1 }
      let result = try await run(
        checked: Command(program, ["-c", script], environment: variables, timeout: .seconds(60)))
      return result.text.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
    }
  }
}
