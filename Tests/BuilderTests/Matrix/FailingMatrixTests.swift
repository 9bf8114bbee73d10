import Artifacts
import Catalogue
import Layers
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Builder

@Suite("A matrix in which something fails") struct FailingMatrixTests {
  private let other = "python-3.13.5-more@linux-x64"

  /// How a wheel can be other than its lock says.
  enum Fault: String, CaseIterable, Sendable {
    case missing
    case corrupt
    case otherBytes
  }

  @Test(
    "one cell's wheel that can't be had leaves the others built, and nothing of that cell",
    arguments: Fault.allCases)
  func oneFails(fault: Fault) async throws {
    try await MatrixScene.with { scene in
      let maker = wheel("beta", "2.0")
      var bad = try scene.serve(maker)
      switch fault {
      case .missing: scene.replace(maker.fileName, with: nil)
      case .otherBytes: scene.replace(maker.fileName, with: wheel("beta", "2.1").bytes)
      case .corrupt:
        bad.source = .wheel(scene.serve(maker.fileName, Array(maker.bytes.dropLast(maker.bytes.count / 2))))
      }
      try scene.lockAll([scene.serve(wheel("alpha", "1.0"))])
      try scene.lock([scene.serve(wheel("alpha", "1.0")), bad], on: other)
      let results = try await scene.build()
      #expect(results.count { $0.hasFailed } == 1)
      let problem = try #require(results.endings[other])
      #expect(problem.contains(maker.fileName))
      #expect(results.endings.values.count { $0 == "built" } == 3)
      #expect(try scene.tree("dist").count == 8)
      #expect(try await scene.record(other) == nil)
      // Once it can be had, only that cell is built.
      try scene.lock([scene.serve(wheel("alpha", "1.0")), scene.serve(maker)], on: other)
      let second = try await scene.build()
      #expect(second.endings.values.count { $0 == "up to date" } == 3 && second.endings[other] == "built")
    }
  }

  @Test("a cell that fails keeps its former bundle, manifest and record")
  func formerStays() async throws {
    try await MatrixScene.with { scene in
      try scene.lock([scene.serve(wheel("alpha", "1.0"))])
      try await scene.build("python-3.13.5@linux-x64")
      let before = try scene.times().filter { $0.key.hasPrefix("dist/") }
      let next = wheel("alpha", "1.1")
      try scene.lock([scene.serve(next)])
      scene.replace(next.fileName, with: nil)
      let results = try await scene.build("python-3.13.5@linux-x64")
      #expect(results.count { $0.hasFailed } == 1)
      #expect(try scene.times().filter { $0.key.hasPrefix("dist/") } == before)
      #expect(try await scene.record()?.packages.first?.version == "1.0")
    }
  }

  @Test("when the others are not to go on the run stops, and what is done by then is exported")
  func stops() async throws {
    try await MatrixScene.with { scene in
      try scene.lock([scene.serve(wheel("alpha", "1.0"))])
      try await scene.build("python-3.13.5@linux-x64")
      try removeTree(scene.path("dist/catalogue.json"))
      let gone = wheel("beta", "2.0")
      try scene.lock([scene.serve(gone)], on: other)
      scene.replace(gone.fileName, with: nil)
      await #expect {
        try await scene.build("*@linux-x64", keepsGoing: false)
      } throws: { error in
        guard case BuilderError.stopped(let cell) = error else { return false }
        return cell.description == other
      }
      #expect(scene.exists("dist/catalogue.json"))
    }
  }

  @Test("a cell that is not locked is told so")
  func notLocked() async throws {
    try await MatrixScene.with { scene in
      let log = EventLog()
      let results = try await scene.build("python-3.13.5@linux-x64", log: log)
      #expect(results.endings == [MatrixScene.cell: "python-3.13.5@linux-x64 has no lock"])
      #expect(log.messages == ["python-3.13.5@linux-x64 has no lock"])
      #expect(!scene.exists("dist"))
    }
  }

  @Test("a layer that was damaged in the cache is made again", arguments: [true, false])
  func damagedLayer(keepsSize: Bool) async throws {
    try await MatrixScene.with { scene in
      try scene.lockAll([scene.serve(wheel("alpha", "1.0"))])
      try await scene.build()
      let record = try #require(try await scene.record())
      let layer = LayerStore(cache: scene.cache).path(of: record.layers[0].digest)
      var bytes = try readFile(layer)
      if keepsSize { bytes[bytes.count / 3] ^= 0xff } else { bytes.removeLast(10) }
      try removeTree(layer)
      try writeAtomically(bytes, to: layer)
      try removeTree(scene.path("dist"))
      let log = EventLog()
      let results = try await scene.build(log: log)
      #expect(Set(results.endings.values) == ["built"])
      #expect(log.messages.contains { $0.hasPrefix("damaged in the cache") } == keepsSize)
      #expect(try await scene.record() == record)
      #expect(try Digest.sha256(ofFile: scene.path(record.file)) == record.digest)
    }
  }

  @Test("a run that is cancelled leaves nothing half-written, and the next one completes")
  func cancelled() async throws {
    try await MatrixScene.with { scene in
      try scene.lockAll([scene.serve(wheel("alpha", "1.0"))])
      let slow = wheel("beta", "2.0")
      let locked = try scene.serve(slow)
      try scene.lock([locked], on: other)
      scene.stall(slow.fileName)
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          await #expect(throws: CancellationError.self) { try await scene.build() }
        }
        await scene.requested(slow.fileName)
        group.cancelAll()
      }
      #expect(try scene.tree("dist").allSatisfy { !$0.contains("draft") && !$0.contains("more-linux") })
      scene.unstall()
      let results = try await scene.build()
      #expect(!results.contains { $0.hasFailed } && results.count == 4)
      #expect(try scene.tree("dist").count == 10)
    }
  }
}
