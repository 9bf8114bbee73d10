import Layers
import Model
import Processes
import SystemPackage
import TestSupport
import Testing
import Wheels

@testable import Levels

@Suite("Code that is none", .enabled(if: LevelScene.host != nil)) struct HostileCodeTests {
  @Test("what can't be compiled, or is no module, stays as it is and is listed; nothing is lost")
  func remaining() async throws {
    let odd = [
      "demo/template.py": "class {{ name }}:\n", "demo/old.py": "print 'two'\n", "demo/nul.py": "x = 1\0\n",
      "demo/deep.py": "x = \(String(repeating: "(", count: 4000))1\(String(repeating: ")", count: 4000))\n",
      "demo/chain.py": "x = \(String(repeating: "-", count: 200_000))1\n",
      "demo/my-script.py": "print(1)\n", "demo/a b/c.py": "x = 1\n",
      "demo/templates/env.py": "x = 1\n", "demo/no\u{2028}.py": "x = 1\n",
    ]
    try await LevelScene.with { scene in
      var wheel = WheelMaker(name: "demo", version: "1.0", files: odd)
      wheel.files["demo/__init__.py"] = []
      wheel.files["demo/latin.py"] = Array("# coding: latin-1\nx = '".utf8) + [0xE9] + Array("'\n".utf8)
      wheel.files["demo/bytes.py"] = Array("x = '".utf8) + [0xFF, 0xFE] + Array("'\n".utf8)
      let layer = try await scene.level(wheel)
      let files = try scene.listing(layer)
      for name in odd.keys { #expect(files.contains(name)) }
      #expect(files.contains("demo/bytes.py") && !files.contains("demo/latin.py"))
      let compiled = files.filter { $0.hasSuffix(".pyc") }
      #expect(
        compiled == [
          "demo/__init__.pyc", "demo/latin.pyc", "demo/templates/__pycache__/env.\(scene.tag).pyc",
        ])
      let remaining = try scene.remaining(in: layer)
      #expect(remaining.count == odd.count + 1)
      #expect(remaining["demo/template.py"] == "it does not compile")
      #expect(remaining["demo/my-script.py"] == "it is not named as a module")
      #expect(remaining["demo/templates/env.py"] == "its folder is no package")
      let warning = try #require(scene.warnings.messages.first)
      #expect(warning.contains("of demo stays as it is") && warning.contains("more like it"))
      #expect(
        try await scene.output("import demo.latin; print(ascii(demo.latin.x))", with: layer) == "'\\xe9'\n")
    }
  }

  @Test("byte code that the wheel brings of its own files makes room for ours")
  func ownByteCode() async throws {
    try await LevelScene.with { scene in
      let wheel = WheelMaker(
        name: "demo", version: "1.0",
        files: [
          "demo/__init__.py": "x = 1\n", "demo/__init__.pyc": "stale",
          "demo/__pycache__/__init__.\(scene.tag).pyc": "stale",
          "demo/__pycache__/__init__.cpython-27.pyc": "stale", "demo/only.pyc": "no source of it",
        ])
      let release = try await scene.level(wheel)
      #expect(try scene.listing(release) == ["demo/__init__.pyc", "demo/only.pyc"])
      #expect(try await scene.output("import demo; print(demo.x)", with: release) == "1\n")
      let debug = try await scene.level(wheel, keepsSources: true)
      #expect(
        try scene.listing(debug) == [
          "demo/__init__.py", "demo/__init__.pyc", "demo/__pycache__/__init__.cpython-27.pyc",
          "demo/__pycache__/__init__.\(scene.tag).pyc", "demo/only.pyc",
        ])
      #expect(try await scene.output("import demo; print(demo.x)", with: debug) == "1\n")
    }
  }

  @Test("Python files outside of site-packages are nobody's modules, and a wheel without Python stays whole")
  func elsewhere() async throws {
    try await LevelScene.with { scene in
      let wheel = WheelMaker(
        name: "demo", version: "1.0",
        files: ["demo-1.0.data/data/share/demo/example.py": "x = 1\n", "data.bin": "\u{0}\u{1}"])
      let layer = try await scene.level(wheel)
      let paths = try scene.layers.entries(of: layer).map(\.path)
      #expect(paths.contains("share/demo/example.py") && paths.contains("\(scene.site)/data.bin"))
      let installed = try await scene.install(wheel)
      #expect(
        try scene.layers.entries(of: layer).count == scene.layers.entries(of: installed).count)
    }
  }

  @Test("entry points and executable bits are as they were")
  func launchers() async throws {
    try await LevelScene.with { scene in
      var wheel = WheelMaker(
        name: "demo", version: "1.0", files: ["demo.py": "def run():\n    print('run')\n"])
      wheel.entryPoints = ["console_scripts": ["demo = demo:run"]]
      let layer = try await scene.level(wheel)
      let isExecutable = try scene.layers.entries(of: layer).contains {
        if case .file(_, _, true) = $0.kind { $0.path == "bin/demo" } else { false }
      }
      #expect(isExecutable)
    }
  }

  @Test("an interpreter of another version, or none, is refused before anything is made")
  func interpreters() async throws {
    let host = try #require(LevelScene.host)
    let other = PythonVersion(3, host.minor == 11 ? 12 : 11, 0)
    await #expect(throws: LevelError.self) { _ = try await CompilingInterpreter(host.program, for: other) }
    await #expect(throws: LevelError.self) { _ = try await CompilingInterpreter("/bin/echo", for: other) }
  }

  @Test("what the worker writes is not trusted to be whole")
  func frames() {
    var cut = FrameReader([2, 5, 0, 0, 0, 1])
    #expect(cut.products(count: 1) == nil)
    var long = FrameReader([0, 0])
    #expect(long.products(count: 1) == nil)
    var huge = FrameReader([1, 255, 255, 255, 255])
    #expect(huge.products(count: 1) == nil)
    var whole = FrameReader([4, 1, 0, 0, 0, 65])
    #expect(whole.products(count: 1)?.first?.problem == "A")
  }
}
