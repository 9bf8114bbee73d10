import Artifacts
import Binaries
import Catalogue
import Layers
import Model
import Processes
import Runtimes
import SystemPackage
import TestSupport
import Testing
import Tools

@testable import Builder

#if canImport(Glibc)
import Glibc
#endif

/// Packages of the package index, made native by Cython and zig for other platforms than this machine's.
@Suite(
  "Native code of real packages, for other platforms",
  .enabled(if: Peers.areWanted && SourceScene.python != nil && SourceScene.hasZig), .serialized)
struct LevelPeerTests {
  /// Its modules are `labels`, `mklabels`, `tests` and `x_user_defined`.
  private static let webencodings = Wheel(
    name: "webencodings", version: "0.5.1", file: "webencodings-0.5.1-py2.py3-none-any.whl",
    place: "f4/24/2a3e3df732393fed8b3ebf2ec078f05546de641fe1b667ee316ec1dcf3b7",
    digest: "a0af1213f3c2226497a97e2b3aa01a7e4bee4f403f95be16fc9acd2947514a78")
  /// Its one module has a name that is defined nowhere, which Cython refuses.
  private static let pickleshare = Wheel(
    name: "pickleshare", version: "0.7.5", file: "pickleshare-0.7.5-py2.py3-none-any.whl",
    place: "9a/41/220f49aaea88bc6fa6cba8d05ecf24676326156c23b991e80b3f2fc24c77",
    digest: "9649af414d74d4df115d5d718f82acb59c9d418196b7b4290ed47a12ce62df56")

  private struct Wheel {
    let name: String
    let version: String
    let file: String
    let place: String
    let digest: String

    func locked() throws -> LockedPackage {
      let file = LockedFile(
        name: file, url: "https://files.pythonhosted.org/packages/\(place)/\(file)",
        digest: try Digest(parsing: digest))
      return LockedPackage(name: try PackageName(parsing: name), version: version, source: .wheel(file))
    }
  }

  private static func build(_ level: String) -> String {
    #"{"level": "\#(level)", "optimize": "release", "compressionLevel": 1}"#
  }

  /// Gives the scene Cython, and what zig has made of its libraries before, which takes minutes.
  private func equip(_ matrix: MatrixScene) async throws {
    let fetcher = Fetcher(store: ArtifactStore(cache: matrix.cache))
    _ = try await Toolbox(fetcher: fetcher, cache: matrix.cache).cython()
    let shared = try #require(TestWorkspace.uv).removingLastComponent().removingLastComponent()
      .removingLastComponent().appending("zig")
    let own = matrix.cache.appending("zig")
    guard FileStatus(of: own) == nil else { return }
    try makeDirectory(shared)
    #expect(symlink(shared.string, own.string) == 0)
  }

  private func withARM(_ level: String, _ body: (SourceScene, _ cell: String) async throws -> Void)
    async throws
  {
    try await SourceScene.with(config: #"{"build": \#(Self.build(level))}"#) { scene in
      try await equip(scene.matrix)
      let cell = "\(scene.runenv)@linux-aarch64"
      try scene.matrix.lock([Self.webencodings.locked(), Self.pickleshare.locked()], on: cell)
      try await body(scene, cell)
    }
  }

  @Test(
    "'mixed' for linux-aarch64: native where it can be, byte code elsewhere and listed; qemu imports both",
    .enabled(if: Platform.host == .linuxX64))
  func mixed() async throws {
    try await withARM("mixed") { scene, cell in
      #expect(try await scene.build([cell]).endings == [cell: "built"])
      let record = try #require(try await scene.matrix.record(cell))
      #expect(record.verification?.state == .passed)
      let remaining = record.packages.map { $0.level?.sources.map(\.path) }
      #expect(remaining == [["lib/python\(scene.minorVersion)/site-packages/pickleshare.pyc"], []])
      try await scene.unpackedWheel(cell) { site in
        let code = """
          import sys; sys.path.insert(0, sys.argv[1])
          import pickleshare, webencodings
          from webencodings import labels, x_user_defined as own
          decoded = own.codec_info.decode(b"\\xfc", "strict")
          print(webencodings.decode(b"\\xfc", "latin1")[0], decoded, len(labels.LABELS))
          for module in pickleshare, labels, own: print(module.__file__[len(sys.argv[1]) + 1:])
          """
        let suffix = "cpython-\(scene.minorVersion.replacing(".", with: ""))-aarch64-linux-gnu.so"
        let printed = try await emulated(["-I", "-X", "utf8", "-c", code, site.string], scene)
        #expect(
          printed == """
            ü ('\\uf7fc', 1) 214
            pickleshare.pyc
            webencodings/labels.\(suffix)
            webencodings/x_user_defined.\(suffix)

            """)
      }
    }
  }

  @Test("'native' fails for a module that Cython refuses, and says which and why")
  func refused() async throws {
    try await withARM("native") { scene, cell in
      let problem = try await scene.problem(cell)
      #expect(
        problem.message.hasPrefix(
          "a module of pickleshare 0.7.5 can't be made native, first 'pickleshare.py': Cython: pickleshare.py:346:8: "
        ))
      #expect(problem.hint?.contains("\"level\": \"mixed\"") == true)
    }
  }

  @Test(
    "'native' for Windows and macOS, of files that their systems load", .enabled(if: ForeignScene.isPossible),
    arguments: [Platform.windowsX64, .macOSAArch64])
  func foreign(_ platform: Platform) async throws {
    try await ForeignScene.with(platform) { foreign in
      let matrix = foreign.scene.matrix
      try await equip(matrix)
      let config = "runenvs/\(foreign.runenv)/config.json"
      try matrix.write(
        config,
        matrix.text(config).replacing(#"{"compressionLevel": 1}"#, with: Self.build("native")))
      let pin = RuntimePin(
        provider: .archive, version: try PythonVersion(parsing: ForeignScene.version),
        files: [foreign.archive])
      try matrix.lock([try Self.webencodings.locked()], on: foreign.cell, runtime: pin)
      #expect(try await foreign.scene.build([foreign.cell]).endings == [foreign.cell: "built"])
      let record = try #require(try await matrix.record(foreign.cell))
      #expect(record.verification?.state == .passed)
      #expect(record.packages.map { $0.level?.sources } == [[]])
      try await check(matrix.path(record.file), on: platform)
    }
  }

  /// Reads a module of the bundle, and where there is wine has Windows' own interpreter import it.
  private func check(_ bundle: FilePath, on platform: Platform) async throws {
    try await withTemporaryDirectory(in: "/tmp") { directory in
      try await blocking { _ in try unpackBundle(at: bundle, into: directory) }
      if platform == .windowsX64 {
        let module = directory.pushing("Lib/site-packages/webencodings/labels.cp311-win_amd64.pyd")
        guard case .pe(let file) = try NativeFile.inspect(module) else {
          Issue.record("no PE file")
          return
        }
        #expect(file.machine == .x64 && file.isDLL && file.imports.contains("python311.dll"))
        try await ForeignScene.importUnderWine("webencodings.x_user_defined", prefix: directory)
      } else {
        let module = directory.pushing(
          "lib/python3.11/site-packages/webencodings/labels.cpython-311-darwin.so")
        guard case .machO(let images) = try NativeFile.inspect(module) else {
          Issue.record("no Mach-O file")
          return
        }
        #expect(images.map(\.machine) == [Machine(platform)])
        #expect(images.first?.minimumSystem?.description == "11.0")
      }
    }
  }

  /// What the Python of `scripts/setup peers` for the other kind of processor prints.
  private func emulated(_ arguments: [String], _ scene: SourceScene) async throws -> String {
    let system = Peers.program("rustc").removingLastComponent().removingLastComponent().appending("foreign")
    return try await run(
      checked: Command(
        Peers.program("qemu-aarch64-static"),
        ["-L", system.string, "\(system)/usr/bin/python\(scene.minorVersion)"] + arguments, environment: [:],
        timeout: .seconds(120))
    ).text
  }
}
