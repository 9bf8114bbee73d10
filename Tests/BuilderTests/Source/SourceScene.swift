import Artifacts
import Catalogue
import ConfigMerge
import Layers
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import Builder

#if canImport(Glibc)
import Glibc
#endif

/// A scene in which packages are built from source: with the uv and the Python of this machine.
struct SourceScene {
  let matrix: MatrixScene
  /// Of the Python that builds, as in `3.11`.
  let minorVersion: String

  /// A Python that uv can build with; nil when there is none, or no uv.
  static let python: (searchPath: String, minorVersion: String)? = {
    guard TestWorkspace.uv != nil else { return nil }
    let searchPath = "/usr/local/bin:/usr/bin:/bin"
    let found = (9...14).map { "3.\($0)" }.first { findExecutable("python\($0)", in: searchPath) != nil }
    return found.map { (searchPath, $0) }
  }()

  /// Whether there is a zig to compile for other platforms with.
  static let hasZig: Bool = {
    guard let tools = TestWorkspace.uv?.removingLastComponent().removingLastComponent() else { return false }
    // No such directory: no zig.
    return ((try? listDirectory(tools)) ?? []).contains { $0.hasPrefix("ziglang-") }
  }()

  var runenv: String { "python-\(minorVersion).1" }
  var cell: String { "\(runenv)@\(Platform.host ?? .linuxX64)" }

  static func with(config: String = "{}", _ body: (SourceScene) async throws -> Void) async throws {
    let python = try #require(Self.python)
    let host = try #require(Platform.host)
    let uv = try #require(TestWorkspace.uv)
    let other: Platform = host == .linuxX64 ? .linuxAArch64 : .linuxX64
    let shared = """
      {"platforms": ["\(host)", "\(other)"], "runtime": {"provider": "external"},
       "packages": {"dependencies": ["tiny"]}}
      """
    let runenv = "python-\(python.minorVersion).1"
    try await MatrixScene.with(shared: shared, files: ["runenvs/\(runenv)/config.json": config]) { matrix in
      try makeDirectory(matrix.cache)
      let tools = matrix.cache.appending("tools")
      #expect(symlink(uv.removingLastComponent().removingLastComponent().string, tools.string) == 0)
      try await body(SourceScene(matrix: matrix, minorVersion: python.minorVersion))
    }
  }

  /// A source distribution that brings its own backend, which has the wheel ready.
  ///
  /// `prologue` is Python that runs first when the wheel is built.
  func sdist(
    _ name: String = "tiny", tag: String = "py3-none-any", wheelName: String = "tiny",
    wheelVersion: String = "1.0", requires: String = "", prologue: String = "pass", folder: String? = nil
  ) -> [UInt8] {
    var made = wheel(wheelName, wheelVersion, tag: tag)
    made.files["\(wheelName)/__init__.py"] = Array("built = True\n".utf8)
    let backend = """
      import os, shutil, sys

      def build_wheel(folder, config_settings=None, metadata_directory=None):
          \(prologue)
          print("settings", sorted((config_settings or {}).items()))
          return shutil.copy("prebuilt", os.path.join(folder, "\(made.fileName)")).split("/")[-1]

      """
    var tar = TarMaker()
    let root = "\(name)-1.0" + (folder.map { "/\($0)" } ?? "")
    tar.addFile("\(root)/PKG-INFO", "Metadata-Version: 2.2\nName: \(name)\nVersion: 1.0\n")
    tar.addFile(
      "\(root)/pyproject.toml",
      """
      [build-system]
      requires = [\(requires)]
      build-backend = "backend"
      backend-path = ["."]

      """)
    tar.addFile("\(root)/backend.py", backend)
    tar.addFile("\(root)/prebuilt", made.bytes)
    return tar.bytes
  }

  /// A source distribution of a C extension, compiled as `sysconfig` says, whose backend is its own.
  ///
  /// The module `tiny` has `answer()`; `code` stands at the start of its C file.
  /// `link` is a Python expression of linker options; `file` is what the source has the C file as.
  func cSource(
    code: String = "", link: String = "''", prologue: String = "pass", requires: String = "",
    file: String = "tiny.c",
    files: [String: String] = [:]
  ) -> [UInt8] {
    var tar = TarMaker()
    tar.addFile("tiny-1.0/PKG-INFO", "Metadata-Version: 2.2\nName: tiny\nVersion: 1.0\n")
    tar.addFile(
      "tiny-1.0/pyproject.toml",
      "[build-system]\nrequires = [\(requires)]\nbuild-backend = \"backend\"\nbackend-path = [\".\"]\n")
    for (name, text) in files { tar.addFile("tiny-1.0/\(name)", text) }
    tar.addFile("tiny-1.0/backend.py", Self.compilingBackend(prologue: prologue, link: link))
    tar.addFile(
      "tiny-1.0/\(file)",
      """
      \(code)
      #include <Python.h>
      #ifndef ANSWER
      #define ANSWER 42
      #endif
      static PyObject *answer(PyObject *self, PyObject *none) { return PyLong_FromLong(ANSWER); }
      static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, ""}, {0}};
      static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "tiny", "", -1, methods};
      PyMODINIT_FUNC PyInit_tiny(void) { return PyModule_Create(&module); }

      """)
    return tar.bytes
  }

  private static func compilingBackend(prologue: String, link: String) -> String {
    """
    import os, shlex, subprocess, sys, sysconfig, zipfile

    def build_wheel(folder, config_settings=None, metadata_directory=None):
        \(prologue)
        get = sysconfig.get_config_var
        module = "tiny" + get("EXT_SUFFIX")
        compiler = shlex.split(os.environ.get("CC") or get("CC"))
        flags = shlex.split(os.environ.get("CFLAGS", "")) + shlex.split(os.environ.get("LDFLAGS", ""))
        include = os.environ.get("PPP_PYTHON_INCLUDE") or sysconfig.get_path("include")
        command = compiler + ["-shared", "-fPIC", "-O2", "-I" + include, "tiny.c", "-o", module]
        subprocess.run(command + flags + shlex.split(\(link)), check=True)
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        tag = "cp%d%d" % sys.version_info[:2]
        tag = "-".join([tag, tag, platform])
        name = "tiny-1.0-" + tag + ".whl"
        files = {
            "tiny-1.0.dist-info/METADATA": "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1.0\\n",
            "tiny-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: false\\nTag: " + tag + "\\n",
            "tiny-1.0.dist-info/RECORD": "",
        }
        with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
            wheel.write(module)
            for path, text in files.items():
                wheel.writestr(path, text)
        return name

    """
  }

  /// The cell's wheel, unpacked, as the body's directory.
  func unpackedWheel(_ cell: String? = nil, _ body: (FilePath) async throws -> Void) async throws {
    let record = try #require(try await matrix.record(cell ?? self.cell))
    let bundle = matrix.path(record.file)
    try await withTemporaryDirectory(in: "/tmp") { directory in
      try await blocking { _ in try unpackBundle(at: bundle, into: directory) }
      try await body(directory.pushing(FilePath("lib/python\(minorVersion)/site-packages")))
    }
  }

  /// Builds a source for linux-aarch64, and gives the directory of what its wheel installs.
  func withWheelForARM(
    of sdist: [UInt8], sourceLocation: SourceLocation = #_sourceLocation,
    _ body: (FilePath) async throws -> Void
  ) async throws {
    try lock(sdist, on: [.linuxAArch64])
    let cell = "\(runenv)@linux-aarch64"
    let endings = try await build([cell]).endings
    #expect(endings == [cell: "built"], sourceLocation: sourceLocation)
    try await unpackedWheel(cell, body)
  }

  /// Locks cells with that source of `tiny`.
  func lock(_ sdist: [UInt8], on platforms: [Platform] = [Platform.host ?? .linuxX64]) throws {
    let file = matrix.serve("tiny-1.0.tar", sdist)
    let tiny = LockedPackage(
      name: try PackageName(parsing: "tiny"), version: "1.0", source: .sourceDistribution(file))
    for platform in platforms { try matrix.lock([tiny], on: "\(runenv)@\(platform)") }
  }

  @discardableResult
  func build(
    _ patterns: [String]? = nil, log: EventLog = EventLog(), searchPath: String? = nil,
    variables: [String: String] = [:], rebuilding: Set<PackageName> = []
  ) async throws -> [CellResult] {
    var bench = try await matrix.bench(
      log, searchPath: searchPath ?? Self.python?.searchPath ?? "", workspace: matrix.load(),
      variables: variables)
    bench.rebuilds = rebuilding
    let plan = try await bench.planner().plan(Selection(patterns: patterns ?? [cell]))
    return try await MatrixBuild(bench).run(plan)
  }

  /// What building the cell fails with.
  func problem(
    _ pattern: String? = nil, searchPath: String? = nil, variables: [String: String] = [:]
  ) async throws -> Diagnostic {
    let results = try await build([pattern ?? cell], searchPath: searchPath, variables: variables)
    let result = try #require(results.first)
    guard case .failed(let problem) = result.ending else {
      throw ParseError(expected: "failure", text: "\(result.ending)")
    }
    return problem
  }

  var logFile: String { ".ppp/logs/\(cell)-tiny.log" }
}
