import Model
import SystemPackage
import Testing

@Suite("Files and directories")
struct AtomicFileTests {
  @Test("many writers of one place at once leave one whole file and no drafts")
  func writingAtOnce() async throws {
    try await withTemporaryDirectory(in: "/tmp") { root in
      let file = root.appending("note")
      _ = try await (0..<64).concurrentMap(width: 16) { number in
        try await blocking { _ in
          try writeAtomically([UInt8](repeating: UInt8(number), count: 5_000), to: file)
        }
      }
      let bytes = try readFile(file)
      #expect(bytes.count == 5_000 && Set(bytes).count == 1)
      #expect(try listDirectory(root) == ["note"])
    }
  }

  @Test("a file is written whole and read back, and nothing stays beside it")
  func writing() async throws {
    try await withTemporaryDirectory(in: "/tmp") { root in
      let file = root.appending("é b")
      let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
      try writeAtomically([1], to: file)
      try writeAtomically(bytes, to: file)
      #expect(try readFile(file) == bytes)
      #expect(try listDirectory(root) == ["é b"])
      try writeAtomically([], to: file)
      #expect(try readFile(file).isEmpty)
    }
  }

  @Test("what can't be written leaves nothing behind and says why")
  func failure() async throws {
    try await withTemporaryDirectory(in: "/tmp") { root in
      try makeDirectory(root.appending("taken/inside"))
      let error = #expect(throws: FileError.self) { try writeAtomically([1], to: root.appending("taken")) }
      #expect(error?.path == root.appending("taken"))
      #expect(error?.code == .isDirectory)
      #expect(try listDirectory(root) == ["taken"])
      let missing = #expect(throws: FileError.self) { try writeAtomically([1], to: root.appending("no/x")) }
      #expect(missing?.code == .noSuchFileOrDirectory)
      #expect(throws: FileError.self) { try readFile(root.appending("no")) }
    }
  }

  @Test("directories are made with those above them and removed with what is in them")
  func directories() async throws {
    try await withTemporaryDirectory(in: "/tmp") { root in
      try makeDirectory(root.appending("a/b/c"))
      try makeDirectory(root.appending("a/b/c"))
      try writeAtomically([1], to: root.appending("a/b/c/f"))
      try removeTree(root.appending("a"))
      try removeTree(root.appending("a"))
      #expect(try listDirectory(root).isEmpty)
    }
  }

  @Test("a temporary directory goes with its scope, also when that throws")
  func temporary() async throws {
    struct Failure: Error {}
    try await withTemporaryDirectory(in: "/tmp") { (root: FilePath) async throws in
      await #expect(throws: Failure.self) {
        try await withTemporaryDirectory(in: root) { directory in
          try writeAtomically([1], to: directory.appending("f"))
          throw Failure()
        }
      }
      #expect(try listDirectory(root).isEmpty)
    }
  }
}
