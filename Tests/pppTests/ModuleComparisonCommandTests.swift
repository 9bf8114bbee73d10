import FoundationEssentials
import Model
import SystemPackage
import Testing

@testable import ppp

@Suite("ppp modules outdated and diff")
struct ModuleComparisonCommandTests {
  /// Gives the body a repository with `sales` 1.0.0 in it.
  private func inRepository(_ body: (Scene, (String...) async throws -> Scene.Ending) async throws -> Void)
    async throws
  {
    try await inScene(ModuleFiles.sales.at("lib/sales")) { scene in
      let added = try await scene.run("add", "module", "sales", "--from", "lib", "--into", "project")
      try #require(added.status == 0, "\(added)")
      try await body(scene) { (arguments: String...) in
        try await scene.run(["modules"] + arguments, from: scene.workspace.appending("project"))
      }
    }
  }

  private func release(_ version: String, _ change: (ModuleFiles) -> ModuleFiles = { $0 }, in scene: Scene)
    throws
  {
    for (path, text) in change(ModuleFiles.sales.version(version)).at("lib/sales") {
      try scene.write(path, text)
    }
  }

  @Test("what is as its source has it is not outdated and has no differences")
  func same() async throws {
    try await inRepository { _, modules in
      let outdated = try await modules("outdated")
      #expect((outdated.status, outdated.output) == (0, ""), "\(outdated)")
      #expect(outdated.errors == "no source has changed since\n")
      let difference = try await modules("diff", "sales")
      #expect((difference.status, difference.output) == (0, ""), "\(difference)")
    }
  }

  @Test("outdated counts what changed there, here and in both")
  func outdated() async throws {
    try await inRepository { scene, modules in
      try release("1.1.0", { $0.replacing("src/sales/cli.py", with: "def main():\n    pass\n") }, in: scene)
      try scene.write("project/modules/sales/README.md", "mine\n")
      try scene.write("project/modules/sales/src/sales/cli.py", "def main():\n    return 3\n")
      let ending = try await modules("outdated")
      #expect(ending.status == 0)
      #expect(
        ending.output == """
          module  added  source has  changed there  changed here  in both
          sales   1.0.0  1.1.0                   2             2        1

          """, "\(ending)")
    }
  }

  @Test("diff shows each file, who changed it and how, and writes nothing")
  func diff() async throws {
    try await inRepository { scene, modules in
      try release("1.1.0", { $0.replacing("tests/test_sales.py", with: "theirs\n") }, in: scene)
      try scene.write("project/modules/sales/README.md", "mine\n")
      let before = try scene.files(in: "project")
      let ending = try await modules("diff", "sales")
      #expect(ending.output.contains("modules/sales/README.md: changed by you\n"), "\(ending)")
      #expect(ending.output.contains("modules/sales/tests/test_sales.py: changed in the source\n"))
      #expect(ending.output.contains("\n+theirs\n"))
      #expect(try scene.files(in: "project") == before)
      #expect(try scene.read("project/modules/sales/README.md") == "mine\n")
    }
  }

  @Test("a module that is not there is misuse, with those that are")
  func unknown() async throws {
    try await inRepository { _, modules in
      let ending = try await modules("diff", "sale")
      #expect(ending.status == 64)
      #expect(ending.errors.contains("no module 'sale' was added here"), "\(ending)")
      #expect(ending.errors.contains("sales"))
    }
  }

  @Test("a source that is gone is said, and nothing is written")
  func gone() async throws {
    try await inRepository { scene, modules in
      try removeTree(scene.workspace.appending("lib"))
      let ending = try await modules("outdated")
      #expect(ending.status == 1, "\(ending)")
      #expect(ending.errors.contains("../lib/sales"), "\(ending)")
    }
  }
}
