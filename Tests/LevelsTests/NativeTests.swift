import Artifacts
import Layers
import Model
import Processes
import SystemPackage
import TestSupport
import Testing
import Toolchains
import Wheels

@testable import Levels

/// A translator that stands in Cython's place: what matters here is what is made of what it gives.
private let translator = """
  import os, sys

  def setuptools_main():
      output, name = sys.argv[sys.argv.index("-o") + 1], sys.argv[-1]
      module = sys.argv[sys.argv.index("--module-name") + 1]
      assert "annotation_typing=False" in sys.argv and not os.path.isabs(name)
      source = open(name).read()
      if "yield_to_python" in source:
          print("%s:1:0: error: not for me" % name, file=sys.stderr)
          return 1
      body = "#error broken\\n" if "broken_c" in source else ""
      stem = module.rsplit(".", 1)[-1]
      with open(output, "w") as file:
          file.write(body + '''#include <Python.h>
  static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, "%s", 0, 0, 0};
  PyMODINIT_FUNC PyInit_%s(void) {
    PyObject *module = PyModule_Create(&def);
    PyModule_AddStringConstant(module, "native", "%s");
    return module;
  }
  ''' % (stem, stem, module))
      return 0
  """

@Suite("Native code", .enabled(if: LevelScene.canCompile)) struct NativeTests {
  private func tools(_ scene: LevelScene) async throws -> NativeTools {
    let wheel = WheelMaker(
      name: "cython", version: "0",
      files: [
        "Cython/__init__.py": "", "Cython/Compiler/__init__.py": "", "Cython/Compiler/Main.py": translator,
      ])
    return try await NativeTools(
      interpreter: scene.interpreter, toolchain: #require(LevelScene.toolchain()),
      cython: scene.artifacts.add(wheel.bytes))
  }

  private func demo(_ more: [String: String] = [:]) -> WheelMaker {
    let files = ["demo/__init__.py": "", "demo/__main__.py": "print('main')\n", "demo/core.py": "x = 1\n"]
    return WheelMaker(name: "demo", version: "1.0", files: files.merging(more) { $1 })
  }

  private func level(
    _ level: CodeLevel, _ wheel: WheelMaker, keepsSources: Bool = false, _ scene: LevelScene
  ) async throws -> Layer {
    let maker = try await scene.maker(level, keepsSources: keepsSources, native: tools(scene))
    return try await maker.layer(of: scene.install(wheel), package: wheel.name, level: 1)
  }

  @Test("modules are native, __init__ and __main__ byte code; the same module gives the same bytes")
  func native() async throws {
    var layers: Set<Layer> = []
    for _ in 0..<2 {
      try await LevelScene.with { scene in
        let layer = try await level(.native, demo(), scene)
        layers.insert(layer)
        let suffix = try await tools(scene).suffix
        #expect(
          try scene.listing(layer) == ["demo/__init__.pyc", "demo/__main__.pyc", "demo/core\(suffix)"])
        let code =
          "import demo.core, runpy; print(demo.core.native); runpy.run_module('demo', run_name='__main__')"
        #expect(try await scene.output(code, with: layer) == "demo.core\nmain\n")
        #expect(try scene.remaining(in: layer, .native) == [:])
      }
    }
    #expect(layers.count == 1)
  }

  @Test("mixed has byte code where native code can't be made, and lists it; native fails there")
  func mixed() async throws {
    try await LevelScene.with { scene in
      let wheel = demo([
        "demo/gen.py": "yield_to_python = 1\n", "demo/c.py": "broken_c = 1\n", "demo/no.py": "{% x %}\n",
      ])
      let layer = try await level(.mixed, wheel, scene)
      let remaining = try scene.remaining(in: layer, .mixed)
      #expect(remaining.keys.sorted() == ["demo/c.pyc", "demo/gen.pyc", "demo/no.py"])
      #expect(
        try await scene.output("import demo.gen; print(demo.gen.yield_to_python)", with: layer) == "1\n")
      let warning = scene.warnings.messages.first
      #expect(warning?.contains("is not what its level says: the C compiler: ") == true)
      await #expect(throws: LevelError.self) { _ = try await level(.native, wheel, scene) }
    }
  }

  @Test("a debug layer has the source beside the native code")
  func debug() async throws {
    try await LevelScene.with { scene in
      let wheel = demo(["demo/gen.py": "yield_to_python = 1\n"])
      let layer = try await level(.mixed, wheel, keepsSources: true, scene)
      let files = try scene.listing(layer)
      #expect(files.contains("demo/core.py") && !files.contains("demo/__pycache__/core.\(scene.tag).pyc"))
      #expect(
        try await scene.output("import demo.core; print(demo.core.native)", with: layer) == "demo.core\n")
      #expect(try scene.remaining(in: layer, .mixed, keepsSources: true).keys.sorted() == ["demo/gen.py"])
    }
  }

  @Test("without headers there is a clear error, that says which package has them")
  func missing() async throws {
    try await LevelScene.with { scene in
      let program = scene.directory.appending("python")
      let script =
        "#!/bin/sh\ncase \"$*\" in *sysconfig*) echo /nowhere; echo .so;; *) exec '\(scene.interpreter.program)' \"$@\";; esac\n"
      try writeAtomically(script.utf8, to: program, permissions: [.ownerReadWriteExecute])
      let bare = try await CompilingInterpreter(program, for: scene.python)
      let toolchain = try #require(try await LevelScene.toolchain())
      let cython = try await scene.artifacts.add([1])
      let error = await #expect(throws: LevelError.self) {
        _ = try await NativeTools(interpreter: bare, toolchain: toolchain, cython: cython)
      }
      #expect(error?.description.contains("came without Python.h") == true)
      #expect(error?.hint?.contains("apt-get install libpython3.\(scene.python.minor)-dev") == true)
    }
  }

  @Test("another compiler, and another Cython, make layers of their own; other levels know of neither")
  func keys() async throws {
    try await LevelScene.with { scene in
      let base = try await scene.install(demo())
      let tools = try await tools(scene)
      func key(_ level: CodeLevel, compiler: String, cython: String) async throws -> Digest {
        var toolchain = tools.toolchain
        toolchain = Toolchain(
          identity: compiler, platform: toolchain.platform, isCross: false, environment: toolchain.environment
        )
        let other = try await NativeTools(
          interpreter: scene.interpreter, toolchain: toolchain,
          cython: scene.artifacts.add(Array(cython.utf8)))
        let maker = scene.maker(level, native: level == .bytecode ? nil : other)
        return maker.key(of: base, level: 1).digest
      }
      for level in [CodeLevel.native, .mixed] {
        let one = try await key(level, compiler: "gcc 1", cython: "a")
        #expect(try await key(level, compiler: "gcc 1", cython: "a") == one)
        #expect(try await key(level, compiler: "gcc 2", cython: "a") != one)
        #expect(try await key(level, compiler: "gcc 1", cython: "b") != one)
      }
      let byteCode = try await key(.bytecode, compiler: "gcc 1", cython: "a")
      #expect(try await key(.bytecode, compiler: "gcc 2", cython: "b") == byteCode)
    }
  }

  @Test("a compiler may be a program and what it is to be told")
  func words() async throws {
    let own = try await Toolchain.host(
      .linuxX64, variables: ["PATH": "/usr/bin:/bin", "CC": "cc -DTOLD=1"])
    let toolchain = try #require(own)
    let command = toolchain.moduleCommand(
      compiling: "/h/m.c", to: "/h/m.so", headers: "/include", for: nil, in: "/h")
    #expect(command.prefix(3) == [LevelScene.compiler?.string ?? "", "-DTOLD=1", "-shared"])
    #expect(toolchain.identity.hasSuffix(" -DTOLD=1"))
  }
}
