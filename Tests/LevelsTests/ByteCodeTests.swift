import Artifacts
import Layers
import Model
import Processes
import SystemPackage
import TestSupport
import Testing
import Wheels

@testable import Levels

@Suite("Byte code", .enabled(if: LevelScene.host != nil)) struct ByteCodeTests {
  private let demo = WheelMaker(
    name: "demo", version: "1.0",
    files: [
      "demo/__init__.py": "from .core import double\n", "demo/core.py": "def double(x):\n    return 2 * x\n",
      "demo/__main__.py": "print('main')\n", "demo/data.txt": "data", "demo/py.typed": "",
      "demo/core.pyi": "def double(x: int) -> int: ...\n", "demo/sub/__init__.py": "y = 1\n",
      "single.py": "import demo\nz = demo.double(4)\n", "space/part/__init__.py": "name = __name__\n",
    ])

  @Test("a release has byte code in the place of modules, and everything else as it was")
  func release() async throws {
    try await LevelScene.with { scene in
      let layer = try await scene.level(demo)
      #expect(
        try scene.listing(layer) == [
          "demo/__init__.pyc", "demo/__main__.pyc", "demo/core.pyc", "demo/core.pyi", "demo/data.txt",
          "demo/py.typed", "demo/sub/__init__.pyc", "single.pyc", "space/part/__init__.pyc",
        ])
      let code = """
        import single, space.part, demo.sub, runpy, pkgutil
        print(single.z, space.part.name, demo.double.__code__.co_filename, pkgutil.get_data("demo", "data.txt").decode())
        print([m.name for m in pkgutil.iter_modules(demo.__path__)])
        runpy.run_module("demo", run_name="__main__")
        """
      #expect(
        try await scene.output(code, with: layer)
          == "8 space.part demo/core.py data\n['__main__', 'core', 'sub']\nmain\n")
      #expect(try scene.remaining(in: layer) == [:])
    }
  }

  @Test(
    "a debug layer has sources, byte code in __pycache__ that is used unchecked, and tracebacks that show sources"
  )
  func debug() async throws {
    try await LevelScene.with { scene in
      let layer = try await scene.level(demo, keepsSources: true)
      let files = try scene.listing(layer)
      #expect(files.contains("demo/core.py") && files.contains("demo/__pycache__/core.\(scene.tag).pyc"))
      #expect(files.count == 9 + 6 && !files.contains { $0 == "demo/core.pyc" })
      let code = """
        import demo.core, inspect
        data = open(demo.core.__cached__, "rb").read()
        print(data[4:8], inspect.getsource(demo.double).count("return"))
        """
      #expect(try await scene.output(code, with: layer) == "b'\\x01\\x00\\x00\\x00' 1\n")
      #expect(try scene.remaining(in: layer, keepsSources: true) == [:])
    }
  }

  @Test("RECORD lists what is there, each with its hash and size", arguments: [true, false])
  func record(keepsSources: Bool) async throws {
    try await LevelScene.with { scene in
      let layer = try await scene.level(demo, keepsSources: keepsSources)
      let root = try await scene.unpack([layer]).appending(scene.site)
      let text = try readFile(root.appending("demo-1.0.dist-info/RECORD"))
      let record = try Record(parsing: String(decoding: text, as: UTF8.self), wheel: "", file: "")
      let paths = try scene.layers.entries(of: layer).map { scene.scheme.recordPath(of: $0.path) }
      #expect(record.entries.map(\.path).sorted() == paths.sorted())
      for entry in record.entries {
        let bytes = try readFile(root.pushing(FilePath(entry.path)))
        let isOwn = entry.path.hasSuffix("RECORD")
        #expect(entry.digest == (isOwn ? nil : Digest.sha256(of: bytes)))
        #expect(entry.size == (isOwn ? nil : Int64(bytes.count)))
      }
    }
  }

  @Test("the same file gives the same bytes, whatever is compiled beside it, wherever, and whenever")
  func reproducible() async throws {
    // Strings that other modules intern, sets, and names that the interpreter itself knows.
    let source = """
      import argparse, weakref
      class _Info: __slots__ = ("weakref", "func")
      def f(x, flag="name-with-dash"): return x in {"a", "b", None, 3.5, "name-with-dash"}
      def g(): return ("name-with-dash", b"", (), 950, "finalize._Info", f"{f}!r")
      """
    func wheel(_ name: String, others: Int) -> WheelMaker {
      var files = ["shared/mod.py": source, "shared/__init__.py": ""]
      for number in 0..<others {
        files["\(name)/m\(number).py"] =
          "def finalize(): return 'name-with-dash', 'finalize._Info', 950, {'b', 'a'}\n"
      }
      return WheelMaker(name: name, version: "1", files: files)
    }
    func digest(_ layer: Layer, in scene: LevelScene) throws -> Digest? {
      for entry in try scene.layers.entries(of: layer) where entry.path.hasSuffix("shared/mod.pyc") {
        if case .file(_, let digest, _) = entry.kind { return digest }
      }
      return nil
    }
    var layers: Set<Layer> = []
    var modules: Set<Digest?> = []
    for _ in 0..<2 {
      try await LevelScene.with { scene in
        let layer = try await scene.level(wheel("alone", others: 1))
        layers.insert(layer)
        modules.insert(try digest(layer, in: scene))
        modules.insert(try digest(try await scene.level(wheel("crowd", others: 150)), in: scene))
      }
    }
    #expect(layers.count == 1)
    #expect(modules.count == 1 && modules.first != .some(nil))
  }

  @Test("two wheels that share a namespace's file share its byte code, too")
  func namespace() async throws {
    try await LevelScene.with { scene in
      func wheel(_ name: String) -> WheelMaker {
        WheelMaker(
          name: name, version: "1",
          files: [
            "ns/__init__.py": "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n",
            "ns/\(name)/__init__.py": "me = '\(name)'\n",
          ])
      }
      let (one, two) = (try await scene.level(wheel("one")), try await scene.level(wheel("two")))
      let (free, overwritten) = try await scene.layers.resolvingOverwrites(
        [
          BundleLayer(name: "one", kind: "bytecode", layer: one),
          BundleLayer(name: "two", kind: "bytecode", layer: two),
        ],
        level: 1)
      #expect(overwritten == [])
      let layers = free.map(\.layer)
      try #require(layers.count == 2)
      #expect(
        try await scene.output(
          "import ns.one, ns.two; print(ns.one.me, ns.two.me)", with: layers[0], layers[1])
          == "one two\n")
    }
  }

  @Test("the layer has a key of its own: the form, the compiler and the wheel are in it")
  func key() async throws {
    try await LevelScene.with { scene in
      let base = try await scene.install(demo)
      let key = scene.maker().key(of: base, level: 1)
      #expect(key.kind == "bytecode" && key.fields["compiler"]?.hasPrefix("3.") == true)
      #expect(key != scene.maker(keepsSources: true).key(of: base, level: 1))
      let other = try await scene.install(WheelMaker(name: "demo", version: "1.1", files: ["demo.py": ""]))
      #expect(key != scene.maker().key(of: other, level: 1))
    }
  }
}
