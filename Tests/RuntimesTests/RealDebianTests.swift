import Artifacts
import FoundationEssentials
import Layers
import Model
import Processes
import Runtimes
import SystemPackage
import TestSupport
import Testing
import Tools

/// Debian's real interpreters, put together and run: only when asked for, with PPP_TEST_PEERS=1.
///
/// PPP_TEST_CACHE names a cache to keep between runs.
@Suite(.serialized, .enabled(if: Peers.areWanted))
struct RealDebianTests {
  private static let environment = ProcessInfo.processInfo.environment

  struct Case: Sendable, CustomTestStringConvertible {
    let suite: String
    let python: PythonVersion
    let platform: Platform
    let bundles: Bool
    var floor: PlatformFloor?

    var testDescription: String { "\(suite) \(python) \(platform) floor \(floor?.description ?? "standard")" }

    var spec: RuntimeSpec {
      RuntimeSpec(provider: .debian, python: python, platform: platform, floor: floor, suite: suite)
    }
  }

  static let cases = [
    Case(suite: "bookworm", python: PythonVersion(3, 11, 2), platform: .linuxX64, bundles: true),
    Case(
      suite: "bookworm", python: PythonVersion(3, 11, 2), platform: .linuxX64, bundles: false,
      floor: PlatformFloor(2, 36)),
    Case(suite: "trixie", python: PythonVersion(3, 13, 5), platform: .linuxX64, bundles: true),
    Case(suite: "bookworm", python: PythonVersion(3, 11, 2), platform: .linuxAArch64, bundles: true),
    Case(suite: "trixie", python: PythonVersion(3, 13, 5), platform: .linuxAArch64, bundles: true),
  ]

  private func withRuntimes(_ body: (RuntimeProviders, LayerStore, FilePath) async throws -> Void)
    async throws
  {
    try await withTemporaryDirectory(in: "/tmp") { temporary in
      let cache = Self.environment["PPP_TEST_CACHE"].map { FilePath($0) } ?? temporary
      let fetcher = Fetcher(
        store: ArtifactStore(cache: cache), settings: .standard(environment: Self.environment))
      let runtimes = RuntimeProviders(
        fetcher: fetcher, toolbox: Toolbox(fetcher: fetcher, cache: cache), cache: cache,
        settings: RuntimeProviders.Settings(environment: Self.environment),
        events: {
          if case .diagnosed(let diagnostic) = $0 { Issue.record("\(diagnostic.message)") }
        })
      try await body(runtimes, LayerStore(cache: cache), temporary)
    }
  }

  @Test(
    "an interpreter works from any directory, makes virtual environments, and takes wheels", arguments: cases)
  func real(example: Case) async throws {
    try await withRuntimes { runtimes, store, temporary in
      let clock = ContinuousClock()
      var start = clock.now
      let pin = try await runtimes.pin(example.spec)
      print(
        "\(example.testDescription): pinned \(pin.files.count) files,",
        pin.files.reduce(0) { $0 + ($1.size ?? 0) }, "bytes in", clock.now - start,
        pin.attributes.sorted { $0.key < $1.key })
      #expect(pin.attributes["libc"] == (example.bundles ? "bundled" : "system"))
      start = clock.now
      let layer = try #require(try await runtimes.layer(for: pin, spec: example.spec, in: store, level: 3))
      print(
        "  layer", layer.size, "unpacked", layer.unpackedSize, "files", layer.fileCount, "in",
        clock.now - start)
      let place = temporary.appending("a place é")
      try await blocking { _ in try unpackBundle(at: store.path(of: layer.digest), into: place) }
      try await exercise(example, place, temporary)
    }
  }

  private func exercise(_ example: Case, _ place: FilePath, _ temporary: FilePath) async throws {
    let probe = RuntimeProbe(searchPath: Self.environment["PATH"])
    func python(_ arguments: [String]) async throws -> String {
      let command = probe.command(place, python: example.python, platform: example.platform, arguments)
      var patched = try #require(command)
      patched.environment["HOME"] = temporary.string
      return try await run(checked: patched).text
    }
    #expect(
      try await probe.check(place, python: example.python, platform: example.platform) == .works)
    let code = """
      import sys, sysconfig, site, ssl
      print(ssl.get_default_verify_paths().capath)
      print(sys.prefix == sys.base_prefix, sys.prefix, sys.executable)
      print([p for p in sys.path if p and not p.startswith(sys.prefix)])
      print(sysconfig.get_path('purelib'), sysconfig.get_default_scheme() if hasattr(sysconfig, 'get_default_scheme') else '')
      print(sysconfig.get_config_var('CC'), sysconfig.get_config_var('LIBDIR'), sysconfig.get_config_var('INCLUDEPY'))
      print(sorted({l.split(None, 5)[5].strip() for l in open('/proc/self/maps') if '.so' in l and sys.prefix not in l}))
      """
    let facts = try await python(["-I", "-B", "-c", code])
    print(facts)
    #expect(facts.contains("True \(place)"))
    #expect(facts.contains("\(place)/lib/python\(example.python.minorVersion)/site-packages posix_prefix"))
    guard example.platform == Platform.host else { return }
    let environment = ["PATH": "/usr/bin:/bin", "HOME": temporary.string, "PIP_CONFIG_FILE": "/dev/null"]
    let venv = temporary.appending("v e n v")
    _ = try await python(["-m", "venv", venv.string])
    let install = Command(
      venv.appending("bin/python"),
      ["-m", "pip", "install", "-q", "--only-binary", ":all:", "numpy", "markupsafe"],
      environment: environment, timeout: .seconds(300))
    _ = try await run(checked: install)
    let use = Command(
      venv.appending("bin/python"),
      [
        "-c",
        "import numpy, sys, subprocess; print(numpy.arange(3).sum(), sys.prefix); "
          + "print(subprocess.check_output([sys.executable, '-c', 'import markupsafe, sys; print(sys.prefix)'], text=True))",
      ],
      environment: environment, workingDirectory: "/", timeout: .seconds(60))
    let output = try await run(checked: use).text
    #expect(output.split(separator: "\n") == ["3 \(venv)", "\(venv)"])
    try await compileExtension(python: venv.appending("bin/python"), in: temporary, environment)
    let copies = temporary.appending("copies")
    _ = try await python(["-m", "venv", "--copies", "--without-pip", copies.string])
    let copied = Command(
      copies.appending("bin/python"), ["-c", "import sys, ssl; print(sys.prefix)"], environment: environment)
    #expect(try await run(checked: copied).text == "\(copies)\n")
    let script = Command(
      "/bin/sh",
      [
        "-c",
        "cd \"$1\" && bin/python3 -c 'import sys; print(sys.executable)' && ln -s \"$1/bin/python3\" \"$2/py\" && env -i \"$2/py\" -c 'import ssl; print(1)'",
        "sh", place.string, temporary.string,
      ], environment: environment)
    #expect(try await run(checked: script).text == "\(place)/bin/python3\n1\n")
  }

  /// Builds a package with C code by the interpreter's headers and build configuration, and imports it.
  private func compileExtension(
    python: FilePath, in temporary: FilePath, _ environment: [String: String]
  ) async throws {
    let source = temporary.appending("extension")
    try makeDirectory(source)
    let setup = """
      from setuptools import Extension, setup
      setup(name="seven", version="1", ext_modules=[Extension("seven", ["seven.c"])])
      """
    let code = """
      #include <Python.h>
      static PyObject *value(PyObject *self, PyObject *unused) { return PyLong_FromLong(7); }
      static PyMethodDef methods[] = {{"value", value, METH_NOARGS, ""}, {0}};
      static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "seven", "", -1, methods};
      PyMODINIT_FUNC PyInit_seven(void) { return PyModule_Create(&module); }
      """
    let system = "[build-system]\nrequires = ['setuptools']\nbuild-backend = 'setuptools.build_meta'\n"
    try writeAtomically(Array(system.utf8), to: source.appending("pyproject.toml"))
    try writeAtomically(Array(setup.utf8), to: source.appending("setup.py"))
    try writeAtomically(Array(code.utf8), to: source.appending("seven.c"))
    let install = Command(
      python, ["-m", "pip", "install", "-q", source.string], environment: environment, timeout: .seconds(300))
    _ = try await run(checked: install)
    let use = Command(python, ["-c", "import seven; print(seven.value())"], environment: environment)
    #expect(try await run(checked: use).text == "7\n")
    let show = Command(python, ["-m", "sysconfig"], environment: environment)
    #expect(try await !run(checked: show).text.contains("/build/reproducible-path"))
  }
}
