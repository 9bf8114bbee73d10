import Artifacts
import Layers
import Model
import SystemPackage
import Testing

@Suite struct LayerWriterTests {
  private func make(
    isCaseSensitive: Bool = false, _ body: @escaping @Sendable (LayerWriter, Cancellation) throws -> Void
  ) async throws {
    try await Scratch.with { scratch in
      let key = LayerKey(kind: "test", version: 1, fields: [])
      do {
        _ = try await scratch.store.make(key, level: 3, isCaseSensitive: isCaseSensitive, body)
      } catch {
        #expect(try await scratch.store.find(key) == nil)
        #expect(try scratch.store.inventory().isEmpty)
        throw error
      }
    }
  }

  @Test(
    "a path that leaves the prefix or is not in its plain form is refused",
    arguments: [
      "", "/abs", "../x", "a/../x", "a/..", "./a", "a//b", "a/", "a\\b", "a\u{0}b",
      String(repeating: "x", count: 256),
    ])
  func paths(_ path: String) async throws {
    await #expect(throws: LayersError.self) {
      try await make { writer, _ in try writer.addFile(path, bytes: []) }
    }
  }

  @Test("names that only differ in case or normalisation are refused, but for trees that are case-sensitive")
  func caseCollision() async throws {
    for (first, second) in [("A/x", "a/X"), ("caf\u{E9}", "cafe\u{301}"), ("dir/x", "DIR")] {
      let body: @Sendable (LayerWriter, Cancellation) throws -> Void = { writer, _ in
        try writer.addFile(first, bytes: [])
        try writer.addFile(second, bytes: [])
      }
      await #expect(throws: LayersError.duplicatePath(second, other: first == "dir/x" ? "dir" : first)) {
        try await make(body)
      }
    }
    try await make(isCaseSensitive: true) { writer, _ in
      try writer.addFile("terminfo/E/x", bytes: [])
      try writer.addFile("terminfo/e/X", bytes: [])
    }
  }

  @Test("a directory may repeat, and directories that differ only in case are one")
  func directories() async throws {
    try await make { writer, _ in
      try writer.addDirectory("a")
      try writer.addFile("a/x", bytes: [])
      try writer.addDirectory("a")
      try writer.addFile("A/y", bytes: [])
    }
  }

  @Test("a file of another size than was said is refused", arguments: [3, 5])
  func wrongSize(_ size: Int64) async throws {
    await #expect(throws: LayersError.wrongSize("x", expected: size, actual: 4)) {
      try await make { writer, _ in
        try writer.addFile("x", size: size, executable: false) { write in
          try Array("text".utf8).withUnsafeBytes { try write($0) }
        }
      }
    }
  }

  @Test("links that point outside are refused", arguments: ["/etc", "..", "a/../../..", ""])
  func links(_ target: String) async throws {
    await #expect(throws: LayersError.self) {
      try await make { writer, _ in try writer.addSymlink("link", target: target) }
    }
  }

  @Test("cancelling stops a layer between its entries and leaves nothing")
  func cancellation() async throws {
    await #expect(throws: CancellationError.self) {
      try await make { _, cancellation in
        cancellation.cancel()
        try cancellation.check()
      }
    }
  }
}
