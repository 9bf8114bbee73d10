import ConfigMerge
import Model
import SystemPackage
import Testing

@testable import Builder

#if canImport(Glibc)
import Glibc
#endif

/// Modules that can't be built into a runenv as they are.
@Suite struct WrongModuleTests {
  private static let good = """
    [project]
    name = "elasticity"
    version = "1.0.0"
    """

  private func problems(_ changed: [String: String]) async throws -> [String] {
    let files = [
      "runenvs/python-3.13.5/config.json": "{}", "modules/elasticity/config.json": #"{"runenvs": ["*"]}"#,
      "modules/elasticity/pyproject.toml": Self.good, "modules/elasticity/src/elasticity/__init__.py": "",
    ].merging(changed) { $1 }
    var found: [String] = []
    try await MatrixScene.with(files: files) { scene in
      do {
        _ = try await scene.load()
      } catch let error as ConfigurationErrors {
        found = error.diagnostics.map { ($0.position.map { "\($0): " } ?? "") + $0.message }
      }
    }
    return found
  }

  private func problems(project: String) async throws -> [String] {
    try await problems(["modules/elasticity/pyproject.toml": project])
  }

  private static let file = "modules/elasticity/pyproject.toml"

  @Test(
    "what is wrong with its project is told at its place",
    arguments: [
      ("x = = 1", "\(file):1:5: this is not TOML: "), ("", "\(file):1:1: 'project' is missing"),
      ("[project]\nname = \"elasticity\"", "\(file):1:1: 'project.version' is missing"),
      (
        "[project]\nname = \"elasticity\"\nversion = \"one\"",
        "\(file):1:1: 'project.version' has 'one', not a"
      ),
      ("[project]\nname = \"other\"\nversion = \"1\"", "\(file):1:1: the project is called 'other', its"),
      (good + "\ndependencies = [\"a b\"]", "\(file):1:1: 'project.dependencies' has 'a b' is not a"),
      (good + "\nrequires-python = \"new\"", "\(file):1:1: 'project.requires-python' has 'new', not version"),
      (
        good + "\ndependencies = [\"six\"]\n[tool.uv.sources]\nsix = { git = \"https://x/six\" }",
        "\(file):1:1: 'six' comes from a source under [tool.uv.sources]"
      ),
      (
        good + "\ndependencies = [\"other\"]\n[tool.uv.sources]\nother = { workspace = true }",
        "\(file):1:1: module 'elasticity' needs 'other', which is not in modules/"
      ),
    ])
  func project(text: String, problem: String) async throws {
    let found = try await problems(project: text)
    #expect(found.count == 1 && found[0].hasPrefix(problem), "\(found)")
  }

  @Test("a module without files, one with a link out of it, and options for one that was added are refused")
  func files() async throws {
    #expect(
      try await problems(["modules/elasticity/config.json": #"{"runenvs": ["*"], "options": {"n": 1}}"#]) == [
        "modules/elasticity/config.json:1:32: the options of module 'elasticity' were chosen when it was added"
      ])
    try await MatrixScene.with(files: [
      "runenvs/python-3.13.5/config.json": "{}", "modules/elasticity/config.json": #"{"runenvs": ["*"]}"#,
      "modules/elasticity/pyproject.toml": Self.good,
    ]) { scene in
      let none = await #expect(throws: ConfigurationErrors.self) { try await scene.load() }
      #expect(none?.description == "'modules/elasticity/src' has no files")
      try makeDirectory(scene.path("modules/elasticity/src"))
      #expect(symlink("/etc/passwd", scene.path("modules/elasticity/src/x.py").string) == 0)
      let link = await #expect(throws: ConfigurationErrors.self) { try await scene.load() }
      #expect(link?.description == "'modules/elasticity/src/x.py' is a link that leaves the module")
    }
  }

  @Test("modules that need each other are refused by name, and versions that don't fit")
  func needs() async throws {
    func project(_ name: String, needs other: String) -> String {
      """
      [project]
      name = "\(name)"
      version = "1.0.0"
      dependencies = ["\(other)"]
      [tool.uv.sources]
      elasticity = { workspace = true }
      other = { workspace = true }
      """
    }
    let cycle = try await problems([
      Self.file: project("elasticity", needs: "other"),
      "modules/other/pyproject.toml": project("other", needs: "elasticity"),
      "modules/other/src/other/__init__.py": "",
    ])
    #expect(cycle == ["modules need each other: elasticity → other → elasticity"])
    let version = try await problems([
      Self.file: project("elasticity", needs: "other>=2"),
      "modules/other/pyproject.toml": "[project]\nname = \"other\"\nversion = \"1.0\"\n",
      "modules/other/src/other/__init__.py": "",
    ])
    #expect(version == ["\(Self.file):1:1: module 'elasticity' needs 'other>=2', and modules/ has 1.0"])
  }

  @Test("options that a source doesn't have, wrong values and missing ones are told at their place")
  func options() async throws {
    let manifest = """
      {"name": "demand", "version": "2.0", "summary": "Demand", "files": [{"from": "src"}],
       "options": [{"name": "type", "type": "choice", "choices": ["linear", "loglog"], "help": "which"}]}
      """
    func found(_ options: String) async throws -> [String] {
      try await problems([
        "modules/demand/module.json": manifest, "modules/demand/src/demand/__init__.py": "",
        "modules/demand/config.json": #"{"runenvs": ["*"], "options": {\#(options)}}"#,
      ])
    }
    let place = "modules/demand/config.json:1"
    #expect(try await found(#""tipe": "linear""#) == ["\(place):32: module 'demand' has no option 'tipe'"])
    #expect(
      try await found(#""type": "log""#) == ["\(place):32: 'log' is not a choice for the option 'type'"])
    #expect(try await found("") == ["\(place):1: option 'type' of module 'demand' is not chosen"])
    #expect(try await found(#""type": "loglog""#) == [])
  }
}
