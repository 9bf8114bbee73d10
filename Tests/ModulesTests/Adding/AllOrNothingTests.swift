import Model
import Processes
import SystemPackage
import Testing

@testable import Modules

@Suite("Files are added all or not at all")
struct AllOrNothingTests {
  private struct Stopped: Error {}

  private func write(
    _ text: String, to path: String, over before: String? = nil, in scene: ModuleScene
  ) -> FileTransaction.Write {
    FileTransaction.Write(
      place: scene.repository.root.pushing(FilePath(path)), shown: path, bytes: Array(text.utf8),
      isExecutable: false, before: before.map { Array($0.utf8) })
  }

  /// Two files in directories that are still to be made, and one that is there already.
  private func transaction(in scene: ModuleScene) throws -> FileTransaction {
    try scene.write("old\n", to: "shop/pyproject.toml")
    return FileTransaction(writes: [
      write("a\n", to: "modules/a/src/a.py", in: scene), write("b\n", to: "modules/b/b.py", in: scene),
      write("new\n", to: "pyproject.toml", over: "old\n", in: scene),
    ])
  }

  @Test("a failure leaves the repository as it was, whenever it comes", arguments: 0..<9)
  func fails(step: Int) async throws {
    try await ModuleScene.with { scene in
      let transaction = try transaction(in: scene)
      let before = try scene.snapshot()
      var steps = 0
      #expect(throws: Stopped.self) {
        try transaction.perform {
          if steps == step { throw Stopped() }
          steps += 1
        }
      }
      #expect(try scene.snapshot() == before)
    }
  }

  @Test("without a failure all is written, and nothing else is there")
  func succeeds() async throws {
    try await ModuleScene.with { scene in
      try transaction(in: scene).perform()
      #expect(
        try Set(scene.snapshot().keys) == [
          ".", "./modules", "./modules/a", "./modules/a/src", "./modules/a/src/a.py", "./modules/b",
          "./modules/b/b.py", "./pyproject.toml",
        ])
      #expect(try scene.text("shop/pyproject.toml") == "new\n")
    }
  }

  @Test("what somebody wrote in the meantime stays theirs, and everything is taken back")
  func changedMeanwhile() async throws {
    try await ModuleScene.with { scene in
      let transaction = try transaction(in: scene)
      var steps = 0
      #expect(throws: AddError.changedMeanwhile("pyproject.toml")) {
        try transaction.perform {
          steps += 1
          if steps == 9 { try scene.write("theirs\n", to: "shop/pyproject.toml") }
        }
      }
      #expect(try scene.text("shop/pyproject.toml") == "theirs\n")
      #expect(try Set(scene.snapshot().keys) == [".", "./pyproject.toml"])
    }
  }

  @Test("a file that appears where one is to be made is left, and everything is taken back")
  func appeared() async throws {
    try await ModuleScene.with { scene in
      let transaction = try transaction(in: scene)
      var steps = 0
      #expect(throws: AddError.changedMeanwhile("modules/b/b.py")) {
        try transaction.perform {
          steps += 1
          if steps == 8 { try scene.write("theirs\n", to: "shop/modules/b/b.py") }
        }
      }
      #expect(try scene.text("shop/modules/b/b.py") == "theirs\n")
      #expect(
        try Set(scene.snapshot().keys) == [
          ".", "./modules", "./modules/b", "./modules/b/b.py", "./pyproject.toml",
        ])
    }
  }

  @Test("an executable file that is written over stays executable, as does one that is private")
  func permissions() async throws {
    try await ModuleScene.with { scene in
      let file = scene.repository.root.appending("run")
      try writeAtomically("old\n".utf8, to: file, permissions: FilePermissions(rawValue: 0o700))
      try FileTransaction(writes: [write("new\n", to: "run", over: "old\n", in: scene)]).perform()
      #expect(FileStatus(of: file)?.isExecutable == true)
      #expect(try scene.text("shop/run") == "new\n")
    }
  }
}
