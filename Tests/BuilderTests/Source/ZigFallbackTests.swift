import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import Builder

#if canImport(Glibc)
import Glibc
#endif

/// These need the zig that a ppp here has fetched; `make test-peers` fetches it.
@Suite(
  "zig in the place of this machine's compiler",
  .enabled(if: SourceScene.python != nil && SourceScene.hasZig))
struct ZigFallbackTests {
  private func answer(in directory: FilePath, _ scene: SourceScene) async throws -> String {
    let python = try #require(
      findExecutable("python\(scene.minorVersion)", in: SourceScene.python?.searchPath))
    let script = "import sys; sys.path[:0] = [sys.argv[1]]; import tiny; print(tiny.answer())"
    return try await run(checked: Command(python, ["-I", "-c", script, directory.string])).text
  }

  private func toolchains(_ scene: SourceScene) throws -> [String?] {
    try BuiltWheels(store: scene.matrix.bench().artifacts).list().map(\.note.toolchain)
  }

  @Test("where there is no compiler on PATH it compiles, at the floor, what imports here")
  func noCompiler() async throws {
    try await SourceScene.with { scene in
      try scene.lock(scene.cSource())
      // All of this machine's programs but its compilers.
      let programs = scene.matrix.cache.appending("programs")
      try makeDirectory(programs)
      let compilers = #/(cc|c\+\+|c89|c99|(.*-)?(gcc|g\+\+|clang|clang\+\+|cpp)(-[0-9]+)?)/#
      for name in try listDirectory("/usr/bin") where name.wholeMatch(of: compilers) == nil {
        #expect(symlink("/usr/bin/\(name)", programs.appending(name).string) == 0)
      }
      let bench = try scene.matrix.bench(searchPath: programs.string)
      let plan = try await bench.planner().plan(Selection(patterns: [scene.cell]))
      let endings = try await MatrixBuild(bench).run(plan).endings
      #expect(endings == [scene.cell: "built"])
      let toolchain = try #require(try toolchains(scene).first ?? nil)
      #expect(toolchain.hasPrefix("zig ") && toolchain.contains("-linux-gnu.2.28"))
      try await scene.unpackedWheel { directory in
        let answer = try await answer(in: directory, scene)
        #expect(answer == "42\n")
      }
      let again = try await bench.planner().plan(Selection(patterns: [scene.cell]))
      #expect(again.cells.first?.state == .upToDate)
    }
  }

  @Test("code that this machine's compiler makes too new for the floor is compiled again, once")
  func tooNew() async throws {
    // glibc 2.34 moved dlsym into libc, so every newer compiler asks for that version.
    let code =
      "#define _GNU_SOURCE\n#include <dlfcn.h>\n#define ANSWER (dlsym(RTLD_DEFAULT, \"malloc\") ? 7 : 0)\n"
    try await SourceScene.with { scene in
      try scene.lock(scene.cSource(code: code))
      let log = EventLog()
      let endings = try await scene.build(log: log).endings
      #expect(endings == [scene.cell: "built"])
      #expect(log.messages.contains { $0.contains("'tiny' is compiled again with zig") })
      #expect(try toolchains(scene).allSatisfy { $0?.hasPrefix("zig ") == true })
      try await scene.unpackedWheel { directory in
        let answer = try await answer(in: directory, scene)
        #expect(answer == "7\n")
      }
      let plan = try await scene.matrix.plan(scene.cell)
      #expect(plan.cells.first?.state == .upToDate)
      try removeTree(scene.matrix.path("dist"))
      let second = EventLog()
      #expect(try await scene.build(log: second).endings == [scene.cell: "built"])
      #expect(second.started(.buildFromSource) == [])
    }
  }
}
