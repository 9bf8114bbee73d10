import Artifacts
import ConfigMerge
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
    _ name: String = "tiny", tag: String = "py3-none-any", wheelName: String = "tiny", requires: String = "",
    prologue: String = "pass", folder: String? = nil
  ) -> [UInt8] {
    var made = wheel(wheelName, "1.0", tag: tag)
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

  /// Locks cells with that source of `tiny`.
  func lock(_ sdist: [UInt8], on platforms: [Platform] = [Platform.host ?? .linuxX64]) throws {
    let file = matrix.serve("tiny-1.0.tar", sdist)
    let tiny = LockedPackage(
      name: try PackageName(parsing: "tiny"), version: "1.0", source: .sourceDistribution(file))
    for platform in platforms { try matrix.lock([tiny], on: "\(runenv)@\(platform)") }
  }

  func build(_ patterns: [String]? = nil, log: EventLog = EventLog()) async throws -> [CellResult] {
    let bench = try matrix.bench(log, searchPath: Self.python?.searchPath ?? "")
    let plan = try await bench.planner().plan(Selection(patterns: patterns ?? [cell]))
    return try await MatrixBuild(bench).run(plan)
  }

  /// What building the cell fails with.
  func problem(_ pattern: String? = nil) async throws -> Diagnostic {
    let result = try #require(try await build([pattern ?? cell]).first)
    guard case .failed(let problem) = result.ending else {
      throw ParseError(expected: "failure", text: "\(result.ending)")
    }
    return problem
  }

  var logFile: String { ".ppp/logs/\(cell)-tiny.log" }
}
