import Catalogue
import ConfigMerge
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Builder

@Suite("Checks of a matrix") struct VerifyingMatrixTests {
  /// A wheel with a library for another system.
  private func foreign() throws -> WheelMaker {
    var maker = wheel("alpha", "1.0")
    maker.files["alpha/_native.so"] = MachOMaker().make()
    return maker
  }

  @Test("a bundle that fails its checks is there, on record as failed, and only checked by the next build")
  func failed() async throws {
    try await MatrixScene.with { scene in
      try scene.lock([scene.serve(foreign())])
      let results = try await scene.build("python-3.13.5@linux-x64")
      #expect(results.map(\.hasFailed) == [true])
      let record = try #require(try await scene.record())
      #expect(record.verification?.state == .failed && scene.exists(record.file))
      #expect(try await scene.state() == .unverified(.failed))
      let before = try scene.times().filter {
        $0.key.contains("3.13.5-linux-x64") || $0.key.contains("layers")
      }
      #expect(try await scene.build("python-3.13.5@linux-x64").map(\.hasFailed) == [true])
      try scene.write(
        "runenvs/python-3.13.5/config.json",
        #"{"verify": {"allow": {"*/_native.so": {"*": "nobody imports it"}}}}"#)
      let log = EventLog()
      let third = try await scene.build("python-3.13.5@linux-x64", log: log)
      #expect(
        third.map(\.hasFailed) == [false] && log.started(.bundle) == [] && log.started(.verify).count == 1)
      #expect(
        try scene.times().filter { $0.key.contains("3.13.5-linux-x64") || $0.key.contains("layers") }
          == before)
      #expect(try scene.text("dist/catalogue.json").contains("nobody imports it"))
      #expect(try await scene.state() == .upToDate)
    }
  }

  @Test("a bundle that was not checked is checked by the next build that checks")
  func unchecked() async throws {
    try await MatrixScene.with { scene in
      try scene.lock([scene.serve(wheel("alpha", "1.0"))])
      try await scene.build("python-3.13.5@linux-x64", verifies: false)
      #expect(try await scene.state() == .unverified(nil))
      #expect(
        try await scene.build("python-3.13.5@linux-x64", verifies: false).endings == [
          MatrixScene.cell: "up to date"
        ])
      let log = EventLog()
      #expect(
        try await scene.build("python-3.13.5@linux-x64", log: log).endings == [MatrixScene.cell: "built"])
      #expect(log.started(.bundle) == [] && log.started(.verify).count == 1)
      #expect(try await scene.state() == .upToDate)
    }
  }

  @Test("a failed bundle whose file was exchanged is built anew")
  func exchanged() async throws {
    try await MatrixScene.with { scene in
      try scene.lock([scene.serve(foreign())])
      try await scene.build("python-3.13.5@linux-x64")
      let record = try #require(try await scene.record())
      try writeAtomically([UInt8](repeating: 0, count: Int(record.size)), to: scene.path(record.file))
      let log = EventLog()
      try await scene.build("python-3.13.5@linux-x64", log: log)
      #expect(log.started(.bundle) == [MatrixScene.cell])
    }
  }

  @Test("checking again says what is wrong: an exchanged file, a missing one, a cell never built")
  func again() async throws {
    try await MatrixScene.with { scene in
      try scene.lockAll([scene.serve(wheel("alpha", "1.0"))])
      try await scene.build("python-3.13.5*@linux-x64", "python-3.13.5@macosx-aarch64")
      let cells = try scene.bench().workspace.cells
      try scene.write("dist/python-3.13.5/python-3.13.5-linux-x64.tar.zst", "other")
      try removeTree(scene.path("dist/python-3.13.5/python-3.13.5-macosx-aarch64.tar.zst"))
      let log = EventLog()
      let outcomes = try await MatrixVerification(scene.bench(log)).run(cells)
      let states = Dictionary(uniqueKeysWithValues: outcomes.map { ($0.cell.description, $0.state) })
      #expect(
        states == [
          MatrixScene.cell: .failed, "python-3.13.5@macosx-aarch64": .notBuilt,
          "python-3.13.5-more@linux-x64": .passed, "python-3.13.5-more@macosx-aarch64": .notBuilt,
        ])
      #expect(log.messages.contains("python-3.13.5-more@macosx-aarch64 is not built"))
      #expect(try scene.text("dist/catalogue.json").contains("is not the bundle on record"))
      #expect(!(try await scene.build()).contains { $0.hasFailed })
    }
  }
}
