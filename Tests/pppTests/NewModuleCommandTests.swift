import Model
import SystemPackage
import Testing

@testable import ppp

@Suite("ppp new module")
struct NewModuleCommandTests {
  @Test("makes a module that can be found at once, and says what to do next")
  func makes() async throws {
    try await inScene(["shared-config.json": "{}"]) { scene in
      let ending = try await scene.run("new", "module", "demand-report")
      #expect(ending.status == 0, "\(ending)")
      #expect(ending.output.hasPrefix("new  modules/demand-report/Dockerfile\n"))
      #expect(ending.output.contains("new  modules/demand-report/src/demand_report/main.py\n"))
      #expect(
        ending.errors == """
          next: ppp modules show demand-report
                ppp add module demand-report --into DIRECTORY

          """)
      let list = try await scene.run("modules", "list")
      #expect(list.output.contains("\ndemand-report  0.1.0    modules  Count the lines"), "\(list)")
      #expect(list.errors == "")
    }
  }

  @Test("without a workspace it is made in the current directory")
  func withoutWorkspace() async throws {
    try await inScene { scene in
      let ending = try await scene.run("new", "module", "counts")
      #expect(ending.errors.contains("ppp modules show counts --from modules"))
      let show = try await scene.run("modules", "show", "counts", "--from", "modules")
      #expect(show.status == 0, "\(show)")
    }
  }

  @Test("what is there stays as it is")
  func existing() async throws {
    try await inScene(["shared-config.json": "{}", "modules/counts/notes": "mine"]) { scene in
      let ending = try await scene.run("new", "module", "counts")
      #expect(ending.status == 1)
      #expect(ending.errors.hasSuffix("is there already\n  hint: choose another name, or remove it first\n"))
      #expect(try scene.files(in: "modules") == ["counts/notes"])
    }
  }

  @Test("a dry run writes nothing")
  func dryRun() async throws {
    try await inScene(["shared-config.json": "{}"]) { scene in
      let ending = try await scene.run("new", "module", "counts", "--dry-run", "--format", "json")
      #expect(ending.output.contains("\"modules/counts/module.json\""))
      #expect(!scene.has("modules"))
    }
  }

  @Test(
    "a name that can't be a module's is misuse",
    arguments: [
      ("class", "Python keyword"), ("json", "standard library"), ("build", "command of ppp"),
      ("Sales", "lower case: sales"), ("../up", "lower-case letters"),
      ("tests", "directory that modules have"),
    ])
  func badName(name: String, reason: String) async throws {
    try await inScene(["shared-config.json": "{}"]) { scene in
      let ending = try await scene.run("new", "module", name)
      #expect(ending.status == 64)
      #expect(ending.errors.contains(reason), "\(ending)")
      #expect(!scene.has("modules"))
    }
  }
}
