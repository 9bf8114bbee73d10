import Artifacts
import Catalogue
import ConfigMerge
import Layers
import Model
import Processes
import Runtimes
import SystemPackage
import TestSupport
import Testing

@testable import Builder

#if canImport(Glibc)
import Glibc
#endif

/// A scene in which a package is compiled for Windows or macOS, for an interpreter from an archive of their shape.
struct ForeignScene {
  let scene: SourceScene
  let platform: Platform
  let archive: PinnedFile
  var runenv = "python-\(ForeignScene.version)"

  static let version = "3.11.9"
  static let platforms: [Platform] = [.windowsX64, .macOSAArch64, .macOSX64]

  /// Whether there is what the archives are made of, and a Python of their version that builds.
  static let isPossible =
    Peers.areWanted && SourceScene.hasZig && SourceScene.python?.minorVersion == "3.11"
    && FileStatus(of: "/usr/include/x86_64-linux-gnu/python3.11/pyconfig.h") != nil

  static let wine = findExecutable("wine64", in: "/usr/lib/wine:/usr/bin")

  private static let repository = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent().removingLastComponent()
  private static let made = SingleFlight<String, FilePath>()

  var cell: String { "\(runenv)@\(platform)" }

  static func with(_ platform: Platform, _ body: (ForeignScene) async throws -> Void) async throws {
    let archive = try await archive(for: platform)
    let url = "file://\(archive)"
    let digest = try Digest.sha256(ofFile: archive)
    let pinned = PinnedFile(
      name: archive.lastComponent?.string ?? "", urls: [url], digest: digest, size: nil)
    let floor = platform.operatingSystem == .macosx ? #"{"floor": "11.0"}"# : "{}"
    try await SourceScene.with { scene in
      try scene.matrix.write(
        "runenvs/python-\(version)/config.json",
        """
        {"platforms": {"\(platform)": \(floor)}, "build": {"compressionLevel": 1},
         "runtime": {"provider": "archive", "url": "\(url)", "sha256": "\(digest.hex)"}}
        """)
      // What zig makes of its own libraries takes minutes, and is the same for all.
      let caches = try #require(TestWorkspace.uv).removingLastComponent().removingLastComponent()
        .removingLastComponent().appending("zig")
      try makeDirectory(caches)
      #expect(symlink(caches.string, scene.matrix.cache.appending("zig").string) == 0)
      try await body(ForeignScene(scene: scene, platform: platform, archive: pinned))
    }
  }

  /// The interpreter, put together by `scripts/foreign-runtimes` when it is not there yet.
  private static func archive(for platform: Platform) async throws -> FilePath {
    let directory = repository.appending(".build").appending("peers").appending("runtimes")
    let tools = try #require(TestWorkspace.uv).removingLastComponent().removingLastComponent()
    let zig = try #require(try listDirectory(tools).first { $0.hasPrefix("ziglang-") })
    let place = try await made.run("runtimes") {
      _ = try await Peers.run(
        "python3",
        [
          repository.appending("scripts").appending("foreign-runtimes").string,
          tools.appending(zig).pushing("ziglang/zig").string, directory.string,
        ], in: repository)
      return directory
    }
    let triple =
      switch platform.operatingSystem {
      case .windows: "x86_64-pc-windows-msvc"
      default: platform.architecture == .x64 ? "x86_64-apple-darwin" : "aarch64-apple-darwin"
      }
    return place.appending("cpython-\(version)-\(triple).tar.gz")
  }

  /// Another environment like it.
  func copied(as name: String) throws -> ForeignScene {
    try scene.matrix.write("runenvs/\(name)/config.json", scene.matrix.text("runenvs/\(runenv)/config.json"))
    return ForeignScene(scene: scene, platform: platform, archive: archive, runenv: name)
  }

  /// What building the cell fails with.
  func problem() async throws -> Diagnostic { try await scene.problem(cell) }

  func lock(_ sdist: [UInt8]) throws {
    let file = scene.matrix.serve("tiny-1.0.tar", sdist)
    try lock(
      LockedPackage(
        name: try PackageName(parsing: "tiny"), version: "1.0", source: .sourceDistribution(file)))
  }

  func lock(_ package: LockedPackage) throws {
    let pin = RuntimePin(
      provider: .archive, version: try PythonVersion(parsing: Self.version), files: [archive])
    try scene.matrix.lock([package], on: cell, runtime: pin)
  }

  /// Builds the cell, with its static checks; the wheel's files go to the body, and the file name of its one module.
  func built(_ body: (FilePath, String) async throws -> Void) async throws {
    try await builtFiles { place in
      let module = try #require(
        try listDirectory(place).first {
          // Meson leaves an import library of Windows beside it.
          $0.hasPrefix("tiny.") && ($0.hasSuffix(".pyd") || $0.hasSuffix(".so"))
        })
      try await body(place, module)
    }
  }

  /// Builds the cell, with its static checks; the folder of the wheel's files goes to the body.
  func builtFiles(_ body: (FilePath) async throws -> Void) async throws {
    let endings = try await scene.build([cell]).endings
    #expect(endings == [cell: "built"])
    let record = try #require(try await scene.matrix.record(cell))
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let bundle = scene.matrix.path(record.file)
      try await blocking { _ in try unpackBundle(at: bundle, into: directory) }
      let place = directory.pushing(
        platform.operatingSystem == .windows ? "Lib/site-packages" : "lib/python3.11/site-packages")
      try await body(place)
    }
  }

  /// Has the interpreter of a Windows environment import a module, where there is a wine to run it.
  static func importUnderWine(_ module: String, prefix: FilePath) async throws {
    guard let wine else { return }
    // What its library leaves out it takes from this machine's. Its standard streams are to be the null device and
    // pipes.
    let command = Command(
      "/bin/sh",
      [
        "-c", "\"$@\" </dev/null 2>&1 | cat", "sh", wine.string, prefix.appending("python.exe").string, "-c",
        """
        import encodings, sys
        sys.path.append('Z:/usr/lib/python3.11')
        encodings.__path__.append('Z:/usr/lib/python3.11/encodings')
        import \(module); print('imported', \(module).__name__)
        """,
      ],
      environment: [
        "WINEPREFIX": prefix.appending("wine").string, "WINEDEBUG": "-all", "HOME": prefix.string,
        "WINEDLLOVERRIDES": "mscoree,mshtml=", "PATH": "/usr/bin:/bin",
      ], timeout: .seconds(300))
    let result = try await run(command)
    #expect(result.text.contains("imported \(module)"), "\(result.text.suffix(500))")
  }
}
