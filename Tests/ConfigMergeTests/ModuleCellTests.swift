import ConfigMerge
import Model
import SystemPackage
import Testing

@Suite("Modules' cells")
struct ModuleCellTests {
  private static let shared = """
    {"platforms": ["linux-x64", "macosx-aarch64"], "packages": {"dependencies": ["numpy>=1"]}}
    """

  private func files(_ config: String, shared: String = ModuleCellTests.shared) -> [String: String] {
    [
      "shared-config.json": shared, "runenvs/python-3.11.2-old/config.json": "{}",
      "runenvs/python-3.13.5-science/config.json": #"{"packages": {"overrides": {"numpy": "2.2"}}}"#,
      "modules/elasticity/config.json": config, "modules/elasticity/pyproject.toml": "",
      "modules/etl/pyproject.toml": "", "modules/notes/README.md": "",
    ]
  }

  private func package(
    _ name: String, _ dependencies: [String] = [], python: String? = nil, platforms: [Platform]? = nil
  ) throws -> ModulePackage {
    ModulePackage(
      name: try ModuleName(parsing: name), version: try PackageVersion(parsing: "1.0"),
      python: python.map { Located($0, at: nil, origin: .module) }, platforms: platforms,
      dependencies: try dependencies.map { Located(try Requirement(parsing: $0), at: nil, origin: .module) },
      files: [])
  }

  /// The workspace with these modules put in, each alone.
  private func injected(_ files: [String: String], _ packages: ModulePackage...) async throws -> Workspace {
    let byName = Dictionary(uniqueKeysWithValues: packages.map { ($0.name, [$0]) })
    return try await workspace(files) { _, workspace in try workspace.injecting(byName) }
  }

  @Test("a module is built into the runenvs that its patterns mean, on their platforms")
  func cells() async throws {
    let loaded = try await injected(files(#"{"runenvs": ["*", "!*-old"]}"#), try package("elasticity"))
    #expect(
      loaded.cells.map(\.description) == [
        "python-3.11.2-old@linux-x64", "python-3.11.2-old@macosx-aarch64",
        "python-3.13.5-science@linux-x64", "python-3.13.5-science@macosx-aarch64",
        "python-3.13.5-science+elasticity@linux-x64", "python-3.13.5-science+elasticity@macosx-aarch64",
      ])
    #expect(loaded.runenvs.count == 2 && loaded.ids.count == 3)
    let cell = loaded.cells[4]
    #expect(cell.base == "python-3.13.5-science" && cell.module == "elasticity")
    #expect(cell.baseCell == loaded.cells[2] && loaded.cells[2].module == nil)
    #expect(loaded.runenv(named: cell.runenv)?.modules.map(\.name.description) == ["elasticity"])
  }

  @Test("a module asks for what its runenv asks for and, behind it, for its own, overrides applied to both")
  func dependencies() async throws {
    let config = """
      {"runenvs": ["*-science"], "platforms": ["linux-x64"],
       "packages": {"overrides": {"scipy": "1.16"}, "platformSpecific": {"linux-x64": {"dependencies": ["six"]}}}}
      """
    let loaded = try await injected(
      files(config), try package("elasticity", ["scipy>=1", "numpy>=2", "six"]))
    let recipe = try #require(loaded.recipe(for: loaded.cells[4]))
    #expect(recipe.dependencies.map(\.value.description) == ["numpy==2.2", "six", "scipy==1.16"])
    #expect(recipe.modules.map(\.name.description) == ["elasticity"])
    #expect(recipe.released == [try PackageName(parsing: "scipy")])
    #expect(recipe.rendered(as: .yaml).contains("modules:\n  elasticity: "))
    let base = try #require(loaded.recipe(for: loaded.cells[2]))
    #expect(base.dependencies.map(\.value.description) == ["numpy==2.2"] && base.released.isEmpty)
    #expect(!base.rendered(as: .yaml).contains("modules:"))
  }

  @Test("rules and settings of a module win over its runenv's, and those over shared ones")
  func strength() async throws {
    let shared = """
      {"platforms": {"linux-x64": {"floor": "2.28"}}, "build": {"archive": "zip", "timeout": 7},
       "packages": {"skip": {"a": {"*": "shared"}, "b": {"*": "shared"}, "c": {"*": "shared"}},
         "copyFiles": [{"from": "x", "to": "x"}], "resolution": {"strictMissing": true}},
       "verify": {"allow": {"p": {"*": "shared"}}}}
      """
    var files = files(
      """
      {"runenvs": ["*-science"], "build": {"compressionLevel": 9, "layout": "wheelhouse"},
       "packages": {"skip": {"a": {"linux-x64": "module"}, "c": null}, "noDeps": ["n"],
         "copyFiles": [{"from": "y", "to": "y"}], "resolution": {"allowSourceList": ["s"]}},
       "verify": {"allow": {"q": {"*": "module"}}}}
      """, shared: shared)
    files["runenvs/python-3.13.5-science/config.json"] = """
      {"packages": {"skip": {"b": {"*": "runenv"}}, "noDeps": ["m"]}, "build": {"timeout": 8}}
      """
    let loaded = try await injected(files, try package("elasticity"))
    let recipe = try #require(loaded.recipes.last)
    #expect(recipe.skips.map { "\($0.name) \($0.reason)" } == ["a module", "b runenv"])
    #expect(recipe.noDeps == Set(try ["m", "n"].map(PackageName.init(parsing:))))
    #expect(recipe.build.timeout.value == 8 && recipe.build.archive.value == .zip)
    #expect(recipe.build.layout.value == .wheelhouse && recipe.build.layout.origin == .module)
    #expect(recipe.build.compressionLevel.value == 9 && recipe.floor?.value.description == "2.28")
    #expect(recipe.copyFiles.map(\.from.value) == ["x", "y"])
    #expect(recipe.copyFiles.last?.base.lastComponent?.string == "elasticity")
    #expect(recipe.resolution.strictMissing.value && recipe.resolution.allowSourceList.count == 1)
    #expect(recipe.allowedFailures.map(\.pattern) == ["p", "q"])
  }

  @Test("the shared configuration declares all modules, each of which may say otherwise")
  func sharedDeclaration() async throws {
    let shared = """
      {"modules": {"runenvs": ["*-science"], "platforms": ["linux-x64"]}, "platforms": ["linux-x64", "windows-x64"]}
      """
    var files = files(#"{"runenvs": ["*-old"], "platforms": ["windows-x64"]}"#, shared: shared)
    let loaded = try await injected(files, try package("elasticity"), try package("etl"))
    #expect(loaded.declaredModules.map(\.name.description) == ["elasticity", "etl"])
    #expect(
      loaded.cells.filter { $0.module != nil }.map(\.description) == [
        "python-3.11.2-old+elasticity@windows-x64", "python-3.13.5-science+etl@linux-x64",
      ])
    files["modules/elasticity/config.json"] = #"{"runenvs": []}"#
    let less = try await injected(files, try package("elasticity"), try package("etl"))
    #expect(less.cells.filter { $0.module != nil }.count == 1)
    #expect(!less.warnings.contains { $0.message.contains("modules/") })
  }

  @Test("a cell that a module doesn't fit isn't made, and it is said why")
  func excluded() async throws {
    let loaded = try await injected(
      files(#"{"runenvs": ["*"]}"#),
      try package("elasticity", python: ">=3.12", platforms: [.linuxX64]))
    #expect(
      loaded.excluded.map { "\($0.cell): \($0.reason)" } == [
        "python-3.11.2-old+elasticity@linux-x64: 'elasticity' needs Python >=3.12",
        "python-3.11.2-old+elasticity@macosx-aarch64: 'elasticity' needs Python >=3.12",
        "python-3.13.5-science+elasticity@macosx-aarch64: 'elasticity' is only for linux-x64",
      ])
    #expect(loaded.cells.count == 5)
  }

  @Test("without a declaration modules are not looked into, and there are no cells of theirs")
  func undeclared() async throws {
    var files = files("{}")
    files["modules/elasticity/config.json"] = nil
    let loaded = try await workspace(files)
    #expect(loaded.declaredModules.isEmpty && loaded.cells.count == 4 && loaded.warnings.isEmpty)
  }

  @Test("options are kept as the command line would write them, with their place")
  func options() async throws {
    let loaded = try await workspace(
      files(#"{"runenvs": ["*"], "options": {"type": "loglog", "n": 3, "deep": true}}"#))
    let options = try #require(loaded.declaredModules.first).options
    #expect(options.mapValues(\.value.text) == ["type": "loglog", "n": "3", "deep": "true"])
    #expect(options["n"]?.position?.description == "modules/elasticity/config.json:1:50")
  }

  @Test(
    "what is wrong with a declaration is told at its place",
    arguments: [
      (
        #"{"runenvs": ["*-sciense"]}"#,
        "modules/elasticity/config.json:1:14: '*-sciense' matches no runenv"
          + " | the runenvs are python-3.11.2-old, python-3.13.5-science"
      ),
      (
        #"{"runenvs": ["python-3.13.5-sciense"]}"#,
        "modules/elasticity/config.json:1:14: 'python-3.13.5-sciense' matches no runenv"
          + " | did you mean 'python-3.13.5-science'?"
      ),
      (
        #"{"runenvs": ["*"], "options": {"type": []}}"#,
        "modules/elasticity/config.json:1:40: expected a string, a number, true or false, not a list"
      ),
      (
        #"{"runenvs": ["*"], "runtime": {}}"#,
        "modules/elasticity/config.json:1:20: unknown key 'runtime'"
          + " | the keys here are runenvs, platforms, options, packages, build, verify"
      ),
      (
        #"{"runenvs": ["*"], "platforms": []}"#,
        "modules/elasticity/config.json:1:33: the list is empty | leave the key out for all of them"
      ),
    ])
  func wrong(config: String, problem: String) async throws {
    #expect(try await problems(in: files(config)) == [problem])
  }

  @Test("a directory with a configuration but without a module, or with an impossible name, is an error")
  func noModule() async throws {
    var files = files(#"{"runenvs": ["*"]}"#)
    files["modules/elasticity/pyproject.toml"] = nil
    files["modules/class/config.json"] = #"{"runenvs": ["*"]}"#
    files["modules/class/pyproject.toml"] = ""
    let found = try await problems(in: files)
    #expect(found.count == 2 && found[0].contains("modules/class") && found[1].contains("is no module"))
  }

  @Test(
    "a declaration without runenvs, a platform that none of them has and a useless override are warned of")
  func warnings() async throws {
    let none = try await workspace(files(#"{"build": {"timeout": 3}}"#))
    #expect(none.warnings.map(\.message) == ["'modules/elasticity' is built into no runenv"])
    let some = try await injected(
      files(
        #"{"runenvs": ["*"], "platforms": ["windows-x64", "linux-x64"], "packages": {"overrides": {"x": "1"}}}"#
      ),
      try package("elasticity"))
    #expect(
      Set(some.warnings.map(\.message)) == [
        "none of the runenvs of 'modules/elasticity' is built for windows-x64",
        "the override of 'x' matches no dependency",
      ])
  }
}
