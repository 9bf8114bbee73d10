import Artifacts
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Builder

/// How far building for Windows and macOS goes, and what is said where it ends.
@Suite("The limits of building for Windows and macOS", .enabled(if: ForeignScene.isPossible), .serialized)
struct ForeignLimitPeerTests {
  @Test(
    "a package hears of its platform from everything that it may ask",
    arguments: [
      (
        Platform.windowsX64, "('win32', 'nt', 'Windows', 'AMD64', 'win-amd64', False, '.cp311-win_amd64.pyd')"
      ),
      (
        .macOSAArch64,
        "('darwin', 'posix', 'Darwin', 'arm64', 'macosx-11.0-arm64', True, '.cpython-311-darwin.so')"
      ),
      (
        .macOSX64,
        "('darwin', 'posix', 'Darwin', 'x86_64', 'macosx-11.0-x86_64', True, '.cpython-311-darwin.so')"
      ),
    ])
  func answers(platform: Platform, expected: String) async throws {
    let setup = """
      import os, platform, shutil, subprocess, sys, sysconfig, tempfile
      from pathlib import Path
      seen = (sys.platform, os.name, platform.system(), platform.machine(), sysconfig.get_platform(),
              hasattr(os, "uname"), sysconfig.get_config_var("EXT_SUFFIX"))
      assert seen == \(expected), seen
      marked = subprocess.run([sys.executable, "-c", "import platform, sys; print(sys.platform, platform.system())"],
                              capture_output=True, text=True, check=True).stdout.split()
      assert marked == [seen[0], seen[2]], marked
      assert Path(sysconfig.get_path("include"), "Python.h").exists()
      from packaging.markers import Marker
      assert Marker("sys_platform == '%s' and platform_machine == '%s'" % (seen[0], seen[3])).evaluate()
      with tempfile.NamedTemporaryFile() as file:
          assert Path(file.name).exists() and shutil.which("sh")

      """
    try await ForeignScene.with(platform) { foreign in
      try foreign.lock(Self.source(setup: setup, requires: #""setuptools>=70", "packaging""#))
      try await foreign.built { _, _ in }
    }
  }

  @Test("options of Microsoft's compiler that have a meaning for ours are taken")
  func translated() async throws {
    let options =
      "['/O2', '/EHsc', '/W3', '/wd4244', '/DNAME=1', '/std:c11'] if sys.platform == 'win32' else []"
    try await ForeignScene.with(.windowsX64) { foreign in
      try foreign.lock(
        Self.source(code: "#ifndef NAME\n#error no name\n#endif\n", extra: "extra_compile_args=\(options)"))
      try await foreign.built { _, _ in }
    }
  }

  @Test("one that only Microsoft's compiler has ends the build with that reason")
  func microsoft() async throws {
    try await ForeignScene.with(.windowsX64) { foreign in
      try foreign.lock(Self.source(extra: "extra_compile_args=['/clr']"))
      let problem = try await foreign.problem()
      #expect(problem.message.contains("ppp: error: '/clr' needs Microsoft's compiler"))
      #expect(problem.hint?.contains("ppp cache add") ?? false)
    }
  }

  @Test("what needs Apple's SDK ends the build with that reason", arguments: ["header", "framework"])
  func apple(_ kind: String) async throws {
    try await ForeignScene.with(.macOSAArch64) { foreign in
      try foreign.lock(
        kind == "header"
          ? Self.source(code: "#include <CoreFoundation/CoreFoundation.h>\n")
          : Self.source(extra: "extra_link_args=['-framework', 'Accelerate']"))
      let problem = try await foreign.problem()
      #expect(problem.hint?.contains("needs Apple's SDK, which is not on this machine") ?? false)
    }
  }

  @Test("Objective-C is refused before anything runs")
  func objectiveC() async throws {
    try await ForeignScene.with(.macOSX64) { foreign in
      try foreign.lock(Self.source(files: ["window.mm": "@interface Window\n@end\n"]))
      let problem = try await foreign.problem()
      #expect(problem.message.contains("it has Objective-C code, which needs Apple's SDK"))
    }
  }

  @Test("a package that runs what it has compiled is told so", arguments: ForeignScene.platforms)
  func runsItsProduct(platform: Platform) async throws {
    let setup = """
      import os, shlex, subprocess
      open('p.c', 'w').write('int main(void) { return 0; }')
      subprocess.run(shlex.split(os.environ['CC']) + ['p.c', '-o', 'p'], check=True)
      subprocess.run(['./p'], check=True)

      """
    try await ForeignScene.with(platform) { foreign in
      try foreign.lock(Self.source(setup: setup))
      let problem = try await foreign.problem()
      #expect(problem.hint?.contains("it runs what it has compiled while it builds") ?? false)
    }
  }

  @Test("a DLL that is neither in the wheel nor a part of Windows is named")
  func missingLibrary() async throws {
    let setup = """
      import subprocess
      open('nowhere.def', 'w').write('LIBRARY nowhere.dll\\nEXPORTS\\n  elsewhere\\n')
      subprocess.run(['dlltool', '-m', 'i386:x86-64', '-d', 'nowhere.def', '-l', 'nowhere.lib'], check=True)

      """
    try await ForeignScene.with(.windowsX64) { foreign in
      try foreign.lock(
        Self.source(
          setup: setup, code: "int elsewhere(void); int (*used)(void) = elsewhere;\n",
          extra: "libraries=['nowhere'], library_dirs=['.']"))
      let problem = try await foreign.problem()
      #expect(
        problem.message
          == "'tiny.cp311-win_amd64.pyd' in 'tiny-1.0-cp311-cp311-win_amd64.whl' needs 'nowhere.dll', which is neither in the wheel nor on every windows-x64 system"
      )
    }
  }

  /// A source distribution of a C extension with setuptools: `setup` runs first, `code` is the C file's beginning.
  private static func source(
    setup: String = "", code: String = "", extra: String = "", requires: String = #""setuptools>=70""#,
    files: [String: String] = [:]
  ) -> [UInt8] {
    var tar = TarMaker()
    func add(_ name: String, _ text: String) { tar.addFile("tiny-1.0/\(name)", text) }
    add(
      "pyproject.toml",
      "[build-system]\nrequires = [\(requires)]\nbuild-backend = \"setuptools.build_meta\"\n[project]\nname = \"tiny\"\nversion = \"1.0\"\n"
    )
    add(
      "setup.py",
      "import sys\n\(setup)from setuptools import setup, Extension\nsetup(ext_modules=[Extension('tiny', ['tiny.c'], \(extra))])\n"
    )
    add(
      "tiny.c",
      """
      \(code)#include <Python.h>
      static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "tiny", "", -1, 0};
      PyMODINIT_FUNC PyInit_tiny(void) { return PyModule_Create(&module); }

      """)
    for (name, text) in files { add(name, text) }
    return tar.bytes
  }
}
