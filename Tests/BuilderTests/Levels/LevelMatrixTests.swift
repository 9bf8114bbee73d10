import Catalogue
import ConfigMerge
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import Builder

/// The Python that compiles, as in `3.11`.
private let compilingPython: String? = (11...14).map { "3.\($0)" }
  .first { findExecutable("python\($0)", in: "/usr/local/bin:/usr/bin:/bin") != nil }

@Suite("Levels in a matrix", .enabled(if: compilingPython != nil)) struct LevelMatrixTests {
  private func with(build: String, _ body: (MatrixScene, _ cells: [String]) async throws -> Void) async throws
  {
    let python = try #require(compilingPython)
    let shared = """
      {"platforms": ["linux-x64", "macosx-aarch64"], "runtime": {"provider": "external"},
       "build": \(build), "packages": {"dependencies": ["alpha", "beta"]}}
      """
    let runenv = "python-\(python).1"
    try await MatrixScene.with(shared: shared, files: ["runenvs/\(runenv)/config.json": "{}"]) { scene in
      var alpha = wheel("alpha", "1.0")
      alpha.files["alpha/core.py"] = Array("def f(): return 1\n".utf8)
      alpha.files["alpha/template.py"] = Array("{% not python %}\n".utf8)
      try scene.lockAll([scene.serve(alpha), scene.serve(wheel("beta", "2.0"))])
      try await body(scene, ["\(runenv)@linux-x64", "\(runenv)@macosx-aarch64"])
    }
  }

  @Test("a level's layers are of its kind, shared by platforms, on record with what stayed as it was")
  func byteCode() async throws {
    let build =
      #"{"compressionLevel": 1, "level": {"*": "bytecode", "beta": "instant"}, "optimize": "release"}"#
    try await with(build: build) { scene, cells in
      let log = EventLog()
      let results = try await scene.build(log: log)
      #expect(results.map(\.hasFailed) == [false, false])
      let records = [try await scene.record(cells[0]), try await scene.record(cells[1])].compactMap(\.self)
      #expect(records.count == 2)
      for record in records {
        #expect(record.layers.map(\.kind) == ["bytecode", "wheel"])
        let level = record.packages[0].level
        #expect(level?.level == .bytecode && level?.keepsSources == false && level?.isMinified == false)
        #expect(level?.sources.map { $0.path.split(separator: "/").last } == ["template.py"])
        #expect(record.packages[1].level == nil)
      }
      #expect(Set(records.map { $0.layers[0].digest }).count == 1)
      #expect(log.messages.contains { $0.contains("template.py' of alpha 1.0 stays as it is") })
      try await scene.unpacked(cells[0]) { root in
        let site = root.appending("lib/python\(compilingPython ?? "")/site-packages/alpha")
        let names = try listDirectory(site).sorted()
        #expect(names == ["__init__.pyc", "core.pyc", "template.py"])
      }
      #expect(try await scene.plan().cellsWithWork.isEmpty)
    }
  }

  @Test("changing the level is told by package, and changing it back makes no layer")
  func changing() async throws {
    try await with(build: #"{"compressionLevel": 1}"#) { scene, cells in
      try await scene.build(cells[0])
      let config = "runenvs/python-\(compilingPython ?? "").1/config.json"
      try scene.write(config, #"{"build": {"level": {"alpha": "bytecode"}}}"#)
      let plan = try await scene.plan(cells[0])
      #expect(plan.cells.first?.reason.contains("code of alpha: level bytecode, sources kept added") == true)
      let changed = try await scene.build(cells[0])
      #expect(changed.first?.madeLayers == 1)
      try scene.write(config, "{}")
      #expect(try await scene.build(cells[0]).first?.madeLayers == 0)
    }
  }

  @Test("without an interpreter of that version the cell fails, and says what to do")
  func noInterpreter() async throws {
    try await with(build: #"{"level": "bytecode"}"#) { scene, cells in
      let bench = try await scene.bench(searchPath: "/nonexistent", workspace: scene.load())
      let plan = try await bench.planner().plan(Selection(patterns: [cells[0]]))
      let result = try #require(try await MatrixBuild(bench).run(plan).first)
      guard case .failed(let problem) = result.ending else { throw ParseError(expected: "failure", text: "") }
      #expect(problem.message.hasPrefix("there is no Python") && problem.hint?.contains("PATH") == true)
    }
  }

  @Test("a level in a wheelhouse is an error where the level stands")
  func wheelhouse() async throws {
    try await with(build: #"{"layout": "wheelhouse", "level": "bytecode"}"#) { scene, cells in
      guard case .invalid(let problems) = try await scene.state(cells[0]) else {
        throw ParseError(expected: "invalid", text: "")
      }
      #expect(problems.first?.message.contains("is a wheelhouse") == true && problems.first?.position != nil)
    }
  }

  @Test("where an interpreter brings no headers 'mixed' is byte code, said and listed, and 'native' fails")
  func noHeaders() async throws {
    let reason =
      "native code for macosx-aarch64 can't be made on this machine: its interpreter is 'external'"
    let mixed = #"{"compressionLevel": 1, "level": "mixed", "optimize": "release"}"#
    try await with(build: mixed) { scene, cells in
      let log = EventLog()
      #expect(try await scene.build(cells[1], log: log).endings == [cells[1]: "built"])
      #expect(log.messages.contains { $0.contains("'mixed' is byte code here: \(reason)") })
      let record = try #require(try await scene.record(cells[1]))
      let names = record.packages[0].level?.sources.map { $0.path.split(separator: "/").last ?? "" }
      #expect(names == ["core.pyc", "template.py"])
    }
    try await with(build: #"{"level": "native"}"#) { scene, cells in
      let result = try #require(try await scene.build(cells[1]).first)
      guard case .failed(let problem) = result.ending else { throw ParseError(expected: "failure", text: "") }
      #expect(problem.message.hasPrefix(reason) && problem.hint?.contains("say \"level\": \"mixed\"") == true)
    }
  }
}
