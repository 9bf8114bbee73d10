import Artifacts
import Catalogue
import ConfigMerge
import Layers
import Model
import Runtimes
import SystemPackage
import TestSupport
import Testing

@testable import Builder
@testable import Tools

@Suite("Kinds of bundles") struct BundleKindTests {
  private let cell = "python-3.13.5@windows-x64"

  private func withWindows(_ build: String, _ body: (MatrixScene) async throws -> Void) async throws {
    let shared = """
      {"platforms": ["windows-x64"], "runtime": {"provider": "external"}, "build": {\(build)},
       "packages": {"dependencies": ["alpha"]}}
      """
    try await MatrixScene.with(shared: shared, files: ["runenvs/python-3.13.5/config.json": "{}"]) { scene in
      // What a real toolbox unpacks of a wheel of the index.
      let tool = PinnedTool.distlib
      let digest = try #require(tool.wheels.first).value.sha256
      let place = scene.cache.appending("tools/\(tool.name)-\(tool.version)-\(digest.prefix(16))")
      try makeDirectory(place)
      for member in tool.members { try writeAtomically("MZ".utf8, to: place.appending(member.name)) }
      try ToolStamp.write(in: place, members: tool.members.map(\.name))
      var alpha = wheel("alpha", "1.0")
      alpha.entryPoints = ["console_scripts": ["alpha = alpha:run"]]
      try scene.lock([scene.serve(alpha)], on: cell)
      try await body(scene)
    }
  }

  @Test("a zip for Windows holds the same files, launchers among them")
  func zip() async throws {
    try await withWindows(#""archive": {"windows-x64": "zip"}"#) { scene in
      #expect(try await scene.build().endings == [cell: "built"])
      let record = try #require(try await scene.record(cell))
      #expect(record.kind == .zip && record.file == "dist/python-3.13.5/python-3.13.5-windows-x64.zip")
      #expect(record.verification?.state == .passed)
      try await scene.unpacked(cell) { root in
        #expect(FileStatus(of: root.appending("Scripts/alpha.exe")) != nil)
        #expect(FileStatus(of: root.appending("Lib/site-packages/alpha/__init__.py")) != nil)
      }
    }
  }

  @Test("another kind of archive takes the former's place")
  func otherKind() async throws {
    try await withWindows(#""compressionLevel": 1"#) { scene in
      try await scene.build()
      #expect(try scene.tree("dist/python-3.13.5").contains("python-3.13.5-windows-x64.tar.zst"))
      try scene.write("runenvs/python-3.13.5/config.json", #"{"build": {"archive": "zip"}}"#)
      try await scene.build()
      #expect(
        try scene.tree("dist/python-3.13.5") == [
          "python-3.13.5-windows-x64.manifest.json", "python-3.13.5-windows-x64.zip",
        ])
    }
  }

  @Test("a wheelhouse holds the wheels as they are")
  func wheelhouse() async throws {
    try await MatrixScene.with { scene in
      try scene.write("runenvs/python-3.13.5/config.json", #"{"build": {"layout": "wheelhouse"}}"#)
      let (alpha, beta) = (wheel("alpha", "1.0"), wheel("beta", "2.0", tag: "cp313-cp313-win_amd64"))
      try scene.lock([scene.serve(alpha), scene.serve(beta)])
      #expect(try await scene.build("python-3.13.5@linux-x64").map(\.madeLayers) == [2])
      let record = try #require(try await scene.record())
      #expect(record.layout == .wheelhouse && record.packages.count == 2)
      try await scene.unpacked { root in
        let names = try listDirectory(root.appending("packages"))
        #expect(names == [alpha.fileName, beta.fileName])
        let bytes = try readFile(root.appending("packages/\(alpha.fileName)"))
        #expect(bytes == alpha.bytes)
      }
    }
  }

  @Test("a bundle with an interpreter is run by its checks", .enabled(if: Platform.host == .linuxX64))
  func interpreter() async throws {
    let script = #"""
      #!/bin/sh
      root=$(cd "$(dirname "$0")/.." && pwd -P)
      case "$*" in
      *platform.python_version*) echo 3.13.5 ;;
      *json.dumps*)
        printf '{"version": "3.13.5", "prefix": "%s", "path": ["%s/lib"], "machine": "x86_64"}\n' "$root" "$root" ;;
      *broken*) echo "ppp-verify ImportError: no such thing" ;;
      *) echo "ppp-verify imported" ;;
      esac

      """#
    var tar = TarMaker()
    tar.addFile("python/bin/python3.13", script, mode: 0o755)
    tar.addSymlink("python/bin/python3", target: "python3.13")
    tar.addFile("python/include/python3.13/patchlevel.h", "#define PY_VERSION \"3.13.5\"\n")
    tar.addFile("python/lib/python3.13/os.py", "")
    let archive = tar.bytes
    try await MatrixScene.with { scene in
      let file = scene.serve("python.tar", archive)
      try scene.write(
        "runenvs/python-3.13.5/config.json",
        #"{"runtime": {"provider": "archive", "url": "\#(file.url)", "sha256": "\#(file.digest.hex)"}}"#)
      let pin = RuntimePin(
        provider: .archive, version: PythonVersion(3, 13, 5),
        files: [PinnedFile(name: file.name, urls: [file.url], digest: file.digest, size: file.size)])
      try scene.lock([scene.serve(wheel("alpha", "1.0"))], runtime: pin)
      let log = EventLog()
      let results = try await scene.build("python-3.13.5@linux-x64", log: log, runsInterpreters: true)
      #expect(results.endings == [MatrixScene.cell: "built"], "\(log.messages)")
      #expect(results.map(\.madeLayers) == [2] && results.map(\.layers) == [2])
      let record = try #require(try await scene.record())
      #expect(record.runtime.bundled && record.layers.map(\.kind) == ["runtime", "wheel"])
      #expect(record.verification?.checks.contains { $0.name == "import 'alpha' of alpha 1.0" } ?? false)
      try scene.lock([scene.serve(wheel("broken", "1.0"))], runtime: pin)
      let second = try await scene.build("python-3.13.5@linux-x64", runsInterpreters: true)
      #expect(second.map(\.hasFailed) == [true] && second.map(\.madeLayers) == [1])
      let failed = try #require(try await scene.record()).verification?.checks.filter {
        $0.outcome == .failed
      }
      #expect(failed?.map(\.name) == ["import 'broken' of broken 1.0"])
    }
  }
}
