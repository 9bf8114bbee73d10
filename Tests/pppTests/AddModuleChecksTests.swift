import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import ppp

@Suite("What ppp add module looks at before it writes")
struct AddModuleChecksTests {
  private func git(_ arguments: String..., in scene: Scene) async throws {
    let identity = ["-c", "user.name=t", "-c", "user.email=t@localhost", "-c", "init.defaultBranch=main"]
    try await Peers.run("git", identity + arguments, in: scene.workspace)
  }

  @Test("a working tree with changes is warned of, not refused; a clean one is not warned of")
  func dirty() async throws {
    let files = ModuleFiles.sales.at("lib/sales").merging(["project/notes.txt": "a\n"]) { $1 }
    try await inScene(files) { scene in
      try await git("init", "-q", ".", in: scene)
      try await git("add", ".", in: scene)
      try await git("commit", "-q", "-m", "Begin", in: scene)
      let clean = try await scene.run(
        "add", "module", "sales", "--from", "lib", "--into", "project", "--dry-run")
      #expect(!clean.errors.contains("warning"), "\(clean)")
      try scene.write("project/notes.txt", "b\n")
      let dirty = try await scene.run("add", "module", "sales", "--from", "lib", "--into", "project")
      #expect(dirty.status == 0)
      #expect(dirty.errors.contains("warning"), "\(dirty)")
      #expect(scene.has("project/modules/sales/pyproject.toml"))
    }
  }

  @Test("modules that need each other in a circle are refused, by name, and nothing is written")
  func circle() async throws {
    func manifest(_ name: String, needs other: String) -> String {
      #"{"name": "\#(name)", "version": "1", "summary": "s", "needs": ["\#(other)"], "files": []}"#
    }
    let files = [
      "lib/one/module.json": manifest("one", needs: "two"),
      "lib/two/module.json": manifest("two", needs: "one"),
    ]
    try await inScene(files) { scene in
      let ending = try await scene.run("add", "module", "one", "--from", "lib", "--into", "project")
      #expect(ending.status != 0)
      #expect(ending.errors.contains("one → two → one"), "\(ending)")
      #expect(!scene.has("project/modules"))
    }
  }

  @Test("an option can be given to one of several modules by name")
  func keyed() async throws {
    let files = ModuleFiles.sales.at("lib/sales").merging(ModuleFiles.report.at("lib/report")) { $1 }
    try await inScene(files) { scene in
      let ending = try await scene.run(
        "add", "module", "sales", "report", "--option", "sales.unit=box", "--option", "report.title=June",
        "--from", "lib", "--into", "project")
      #expect(ending.status == 0, "\(ending)")
      #expect(try scene.read("project/modules/sales/README.md").contains("by the box"))
      #expect(try scene.read("project/modules/report/src/report/title.txt") == "June\n")
    }
  }

  @Test(
    "a name that Python or ppp has is refused with the reason",
    arguments: ["class", "json", "build", "tests"])
  func reserved(name: String) async throws {
    try await inScene([:]) { scene in
      let ending = try await scene.run("new", "module", name)
      #expect(ending.status == 64, "\(ending)")
      #expect(ending.errors.contains("'\(name)'"))
      #expect(!scene.has("modules"))
    }
  }
}
