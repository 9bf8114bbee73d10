import Artifacts
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Builder

/// A scene in which `tiny` is compiled for linux-aarch64 against a package `headers`, whose wheels differ by machine.
struct HeaderScene {
  let scene: SourceScene
  let index: TestIndex

  /// A wheel of `headers` with what compilers, linkers and Python read, for a machine: `x86_64`.
  static func headers(_ machine: String, version: String = "1.0") -> WheelMaker {
    var maker = WheelMaker(
      name: "headers", version: version,
      files: [
        "headers/__init__.py": "machine = '\(machine)'\n",
        "headers/include/config.h": "#define HEADERS_MACHINE \"made for \(machine)\"\n",
        "headers/include/only_\(machine).h": "",
        "headers/lib/lib\(machine).a": "!<arch>\n",
        "headers/__init__.pxd": "# \(machine)\n",
      ])
    maker.tag = "py3-none-manylinux_2_17_\(machine)"
    return maker
  }

  static let other = "aarch64"
  static let own = "x86_64"
  var cell: String { "\(scene.runenv)@linux-aarch64" }

  /// With an index of these wheels.
  static func with(_ wheels: [WheelMaker], _ body: (HeaderScene) async throws -> Void) async throws {
    let index = try TestIndex(wheels)
    try await SourceScene.with(config: "{\"registries\": {\"default\": \"\(index.url)\"}}") { scene in
      try await body(HeaderScene(scene: scene, index: index))
    }
  }

  /// Source of `tiny`, whose module has the words of `config.h` in it; `check` is Python that runs before it is compiled.
  func source(check: String = "pass") -> [UInt8] {
    let prologue = """
      import headers
          place = os.path.dirname(headers.__file__)
          \(check)
          os.environ["CFLAGS"] = os.environ.get("CFLAGS", "") + " -I" + os.path.join(place, "include")
      """
    return scene.cSource(
      code: "#include <config.h>\nconst char machine[] __attribute__((used)) = HEADERS_MACHINE;\n",
      prologue: prologue, requires: #""headers""#)
  }

  /// A wheel of the index, as a lock has it.
  func locked(_ wheel: WheelMaker) throws -> LockedPackage {
    let bytes = wheel.bytes
    let file = LockedFile(
      name: wheel.fileName, url: index.server.url("/files/\(wheel.fileName)"),
      digest: Digest.sha256(of: bytes))
    return LockedPackage(
      name: try PackageName(parsing: wheel.name), version: wheel.version, source: .wheel(file))
  }

  /// Locks the cell, with what is built with.
  func lock(_ sdist: [UInt8], packages: [WheelMaker], targets: [WheelMaker]) throws {
    let name = try PackageName(parsing: "tiny")
    let file = scene.matrix.serve("tiny-1.0.tar", sdist)
    let build = LockedBuild(
      package: name, requires: ["headers"], packages: try packages.map(locked),
      targets: try targets.map(locked))
    try scene.matrix.lock(
      [LockedPackage(name: name, version: "1.0", source: .sourceDistribution(file))], on: cell,
      builds: [build])
  }

  /// Builds the cell, and gives what of the header is in the module.
  func built() async throws -> String {
    let endings = try await scene.build([cell]).endings
    #expect(endings == [cell: "built"])
    var words = ""
    try await scene.unpackedWheel(cell) { directory in
      let name = try #require(try listDirectory(directory).first { $0.hasPrefix("tiny.") })
      let text = String(decoding: try readFile(directory.appending(name)), as: UTF8.self)
      words = text.firstMatch(of: #/made for [a-z0-9_]+/#).map { String($0.0) } ?? ""
    }
    return words
  }
}
