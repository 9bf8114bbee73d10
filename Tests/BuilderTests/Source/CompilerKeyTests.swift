import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import Builder

/// A compiler that says another version of itself when a test wants it to, before this machine's own on PATH.
private struct OtherCompiler {
  let directory: FilePath

  init(in parent: FilePath) throws {
    directory = parent.appending("compiler")
    try makeDirectory(directory)
    try name("tester 1")
  }

  func name(_ version: String) throws {
    let script =
      "#!/bin/sh\ncase \"$*\" in --version) echo '\(version)';; *) exec /usr/bin/cc \"$@\";; esac\n"
    try writeAtomically(
      script.utf8, to: directory.appending("cc"), permissions: [.ownerReadWriteExecute, .otherReadExecute])
  }

  var searchPath: String { "\(directory):\(SourceScene.python?.searchPath ?? "")" }
}

@Suite(
  "Compilers in keys",
  .enabled(if: SourceScene.python != nil && findExecutable("cc", in: "/usr/bin:/bin") != nil))
struct CompilerKeyTests {
  private func with(
    isNative: Bool,
    _ body: (SourceScene, OtherCompiler, _ run: (EventLog) async throws -> (CellPlan.State, CellResult?))
      async throws
      -> Void
  ) async throws {
    try await SourceScene.with { scene in
      try scene.lock(isNative ? scene.cSource() : scene.sdist())
      let compiler = try OtherCompiler(in: scene.matrix.cache)
      try await body(scene, compiler) { log in
        let bench = try scene.matrix.bench(log, searchPath: compiler.searchPath)
        let plan = try await bench.planner().plan(Selection(patterns: [scene.cell]))
        let state = try #require(plan.cells.first?.state)
        return (state, try await MatrixBuild(bench).run(plan).first)
      }
    }
  }

  @Test("another compiler compiles native code anew, and the one before compiles nothing")
  func native() async throws {
    try await with(isNative: true) { scene, compiler, run in
      #expect(try await run(EventLog()).0 == .new)
      #expect(try await run(EventLog()).0 == .upToDate)
      try compiler.name("tester 2")
      let log = EventLog()
      #expect(
        try await run(log).0
          == .changed([KeyChange("compiler of tiny", old: "tester 1", new: "tester 2")]))
      #expect(log.started(.buildFromSource) == ["tiny 1.0"])
      let notes = try BuiltWheels(store: scene.matrix.bench().artifacts).list().map(\.note.toolchain)
      #expect(Set(notes) == ["tester 1", "tester 2"])
      try compiler.name("tester 1")
      let again = EventLog()
      #expect(try await run(again).0 != .upToDate)
      #expect(again.started(.buildFromSource) == [])
    }
  }

  @Test("what has no native code, and a wheel that was brought, have nothing to do with the compiler")
  func pure() async throws {
    try await with(isNative: false) { scene, compiler, run in
      #expect(try await run(EventLog()).0 == .new)
      try compiler.name("tester 2")
      #expect(try await run(EventLog()).0 == .upToDate)
    }
    try await with(isNative: true) { scene, compiler, run in
      var brought = wheel("tiny", "1.0")
      brought.files["tiny/__init__.py"] = Array("x = 1\n".utf8)
      let path = scene.matrix.cache.appending(brought.fileName)
      try writeAtomically(brought.bytes, to: path)
      _ = try await BuiltWheels(store: scene.matrix.bench().artifacts).add(path)
      #expect(try await run(EventLog()).0 == .new)
      try compiler.name("tester 2")
      #expect(try await run(EventLog()).0 == .upToDate)
    }
  }
}

@Suite struct BuildKeyCompilerTests {
  private func key(_ fields: [String: [String]]) -> BuildKey {
    BuildKey(
      LockInputs(["source builds": ["4"], "package a": ["1.0", "built from x"]].merging(fields) { $1 }))
  }

  private let zig = Compilers.zig

  @Test("what zig had to compile after this machine's compiler depends on both from then on")
  func again() throws {
    let first = key(["compiler of a": ["gcc 1"]])
    let built = first.settled([try PackageName(parsing: "a"): ["gcc 1", zig]])
    #expect(first.presuming(built) == built)
    let upgraded = built.settled([try PackageName(parsing: "a"): ["gcc 1", "zig 0.0.1"]])
    let changes = upgraded.inputs.changes(to: first.presuming(upgraded).inputs)
    #expect(changes == [KeyChange("compiler of a", old: "zig 0.0.1", new: zig)])
  }

  @Test("what Rust has compiled depends on Rust from then on, and stays good where there is none any more")
  func rust() throws {
    let first = key(["compiler of a": ["gcc 1"]])
    let built = first.settled([try PackageName(parsing: "a"): ["gcc 1", zig, "rustc 1"]])
    #expect(built.namesRust && !first.namesRust)
    #expect(first.presuming(built, rust: "rustc 1") == built)
    #expect(first.presuming(built) == built)
    let changes = built.inputs.changes(to: first.presuming(built, rust: "rustc 2").inputs)
    #expect(changes == [KeyChange("compiler of a", old: "rustc 1", new: "rustc 2")])
  }

  @Test("nothing is presumed of another source, or of a key from before builds had versions")
  func unknown() throws {
    let now = key(["compiler of a": ["gcc 1"]])
    let other = key(["package a": ["1.1", "built from y"]])
    #expect(now.presuming(other) == now)
    #expect(now.presuming(BuildKey(LockInputs(["package a": ["1.0", "built from x"]]))) == now)
    #expect(now.presuming(key([:])) == key([:]))
  }
}
