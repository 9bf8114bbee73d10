import Binaries
import Catalogue
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import Builder

@Suite(
  "Native code built from source",
  .enabled(if: SourceScene.python != nil && findExecutable("cc", in: "/usr/bin:/bin") != nil))
struct NativeBuildTests {
  private func module(in directory: FilePath) throws -> FilePath {
    let name = try #require(try listDirectory(directory).first { $0.hasPrefix("tiny.") })
    return directory.appending(name)
  }

  @Test(
    "a C extension is compiled for the cell's Python, imports, and has the tag of the oldest glibc that it needs"
  )
  func extensionModule() async throws {
    try await SourceScene.with { scene in
      try scene.lock(scene.cSource())
      let log = EventLog()
      #expect(try await scene.build(log: log).endings == [scene.cell: "built"])
      try await scene.unpackedWheel { directory in
        let module = try module(in: directory)
        guard case .elf(let file) = try NativeFile.inspect(module) else {
          Issue.record("no ELF file")
          return
        }
        #expect(file.runpath.isEmpty && file.rpath.isEmpty)
        #expect(try await answer(in: directory, scene) == "42\n")
        let description = try readFile(directory.appending("tiny-1.0.dist-info").appending("WHEEL"))
        #expect(String(decoding: description, as: UTF8.self).contains("-manylinux_2_"))
      }
      #expect(try scene.matrix.text(scene.logFile).contains("== tiny 1.0: build with backend"))
    }
  }

  @Test("a second build compiles nothing, and a rebuild gives the same bytes")
  func again() async throws {
    try await SourceScene.with { scene in
      try scene.lock(scene.cSource())
      try await scene.build()
      let first = try await scene.matrix.record(scene.cell)?.digest
      try removeTree(scene.matrix.path("dist"))
      let log = EventLog()
      #expect(try await scene.build(log: log).endings == [scene.cell: "built"])
      #expect(log.started(.buildFromSource) == [])
      for place in ["built", "layers"] { try removeTree(scene.matrix.cache.appending(place)) }
      try removeTree(scene.matrix.path("dist"))
      try await scene.build()
      #expect(try await scene.matrix.record(scene.cell)?.digest == first)
    }
  }

  @Test("the compiler's first error stands on top, and a missing header is named with its package")
  func missingHeader() async throws {
    try await SourceScene.with { scene in
      try scene.lock(scene.cSource(code: "#include <gdal.h>"))
      let problem = try await scene.problem()
      #expect(problem.message.hasPrefix("building 'tiny 1.0' from source failed:\n"))
      let first = problem.message.split(separator: "\n").dropFirst().first ?? ""
      #expect(first.contains("fatal error: ") && first.contains("gdal.h"))
      #expect(problem.hint?.contains("apt install libgdal-dev") ?? false)
      #expect(problem.hint?.contains(scene.logFile) ?? false)
    }
  }

  @Test("what a rule says the machine must have is looked for before anything is built")
  func systemRequires() async throws {
    let rule = #"{"reason": "r", "systemRequires": ["no-such-compiler", "gdal.h", "sh"]}"#
    let config = "{\"packages\": {\"buildWheel\": {\"tiny\": {\"*\": \(rule)}}}}"
    try await SourceScene.with(config: config) { scene in
      try scene.lock(scene.cSource())
      let problem = try await scene.problem()
      #expect(
        problem.message
          == "building 'tiny' needs 'no-such-compiler', 'gdal.h', which this machine does not have")
      #expect(problem.hint == "apt install libgdal-dev")
    }
  }

  @Test("a rule's variables and patches reach the compiler, and change what is built")
  func patched() async throws {
    let patch =
      "--- a/tiny.c\n+++ b/tiny.c\n@@ -1,5 +1,5 @@\n \n #include <Python.h>\n #ifndef ANSWER\n-#define ANSWER 42\n+#define ANSWER 41 + MORE\n #endif\n"
    let rule = #"{"reason": "r", "env": {"CFLAGS": "-DMORE=6"}, "patches": ["answer.patch"]}"#
    let config = "{\"packages\": {\"buildWheel\": {\"tiny\": {\"*\": \(rule)}}}}"
    try await SourceScene.with(config: config) { scene in
      try scene.matrix.write("runenvs/\(scene.runenv)/answer.patch", patch)
      try scene.lock(scene.cSource())
      #expect(try await scene.build().endings == [scene.cell: "built"])
      let digest = try await scene.matrix.record(scene.cell)?.digest
      try scene.matrix.write(
        "runenvs/\(scene.runenv)/answer.patch", patch.replacing("MORE", with: "MORE + 1"))
      #expect(try await scene.build().endings == [scene.cell: "built"])
      #expect(try await scene.matrix.record(scene.cell)?.digest != digest)
      try scene.matrix.write("runenvs/\(scene.runenv)/answer.patch", patch.replacing("42", with: "43"))
      #expect(try await scene.problem().message.contains("does not fit the source of 'tiny'"))
    }
  }

  @Test(
    "a library that not every system has comes along under a name of its own, and is found beside the module")
  func vendoring() async throws {
    let compile =
      "subprocess.run(['cc', '-shared', '-fPIC', 'helper.c', '-o', 'libhelper.so.1', '-Wl,-soname,libhelper.so.1'], check=True)"
    try await SourceScene.with { scene in
      try scene.lock(
        scene.cSource(
          code: "int helper(void);\n#define ANSWER helper()",
          link: "'libhelper.so.1 -Wl,-rpath,' + os.getcwd()", prologue: compile,
          files: ["helper.c": "int helper(void) { return 43; }"]))
      #expect(try await scene.build().endings == [scene.cell: "built"])
      try await scene.unpackedWheel { directory in
        let libraries = try listDirectory(directory.appending("tiny.libs"))
        let library = try #require(libraries.first)
        #expect(libraries.count == 1 && library.wholeMatch(of: #/libhelper-[0-9a-f]{8}\.so\.1/#) != nil)
        guard case .elf(let file) = try NativeFile.inspect(module(in: directory)) else { return }
        #expect(file.needed.contains(library) && file.runpath == ["$ORIGIN/tiny.libs"])
        #expect(try await answer(in: directory, scene) == "43\n")
      }
    }
  }

  private func answer(in directory: FilePath, _ scene: SourceScene) async throws -> String {
    let python = try #require(
      findExecutable("python\(scene.minorVersion)", in: SourceScene.python?.searchPath))
    let script = "import sys; sys.path[:0] = [sys.argv[1]]; import tiny; print(tiny.answer())"
    return try await run(checked: Command(python, ["-I", "-c", script, directory.string])).text
  }

  @Test("native code is refused in a wheel that says it has none")
  func fallback() async throws {
    try await SourceScene.with { scene in
      let prologue = "sysconfig.get_platform = lambda: 'any'"
      try scene.lock(scene.cSource(prologue: prologue))
      #expect(try await scene.problem().message.contains("has native code: 'tiny."))
    }
  }

  @Test("--no-build refuses, and uses what was built before")
  func refusing() async throws {
    try await SourceScene.with { scene in
      try scene.lock(scene.cSource())
      var bench = try scene.matrix.bench(searchPath: SourceScene.python?.searchPath ?? "")
      bench.refusesBuilds = true
      func endings() async throws -> [String: String] {
        let plan = try await bench.planner().plan(Selection(patterns: [scene.cell]))
        return try await MatrixBuild(bench).run(plan).endings
      }
      #expect(
        try await endings()
          == [scene.cell: "'tiny 1.0' has to be built from source, and --no-build forbids that"])
      try await scene.build()
      try removeTree(scene.matrix.path("dist"))
      #expect(try await endings() == [scene.cell: "built"])
    }
  }
}
