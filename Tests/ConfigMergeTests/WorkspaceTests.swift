import ConfigMerge
import Model
import SystemPackage
import Testing

@Suite("Workspaces")
struct WorkspaceTests {
  @Test("runenvs are sorted by Python version, then by name; dot files and plain files are passed over")
  func runenvs() async throws {
    let loaded = try await workspace([
      "shared-config.yaml": "", "runenvs/python-3.9.2/config.yml": "packages: {dependencies: [six]}",
      "runenvs/python-3.13.5-b/note": "", "runenvs/python-3.13.5/note": "",
      "runenvs/python-3.14.0rc1/note": "",
      "runenvs/.cache/x": "", "runenvs/README.md": "",
    ])
    #expect(
      loaded.runenvs.map(\.id) == ["python-3.9.2", "python-3.13.5", "python-3.13.5-b", "python-3.14.0rc1"])
    #expect(loaded.runenvs.map(\.variant) == [nil, nil, "b", nil])
    #expect(loaded.runenv(named: "python-3.9.2")?.configFile?.lastComponent?.string == "config.yml")
    #expect(loaded.runenv(named: "python-3.13.5")?.configFile == nil)
    #expect(loaded.cells.count == 20)
  }

  @Test("a runenv without a file has the shared configuration with its overrides")
  func withoutFile() async throws {
    let loaded = try await workspace([
      "shared-config.json": #"{"packages": {"dependencies": ["six"], "overrides": {"six": "1"}}}"#,
      "runenvs/python-3.13.5/note": "",
    ])
    let recipe = try #require(loaded.recipes.first)
    #expect(recipe.dependencies.map(\.value.description) == ["six==1"])
    #expect(recipe.dependencies.first?.origin == .shared)
  }

  @Test("YAML and JSON say the same")
  func formats() async throws {
    let yaml = """
      # base
      packages:
        dependencies: &list [numpy, "scipy[x]>=1"]
        noDeps: [six]
        skip:
          six: {linux-x64: not needed}
      build: {timeout: 0x10, enableLogging: true}
      """
    let json = #"""
      {"packages": {"dependencies": ["numpy", "scipy[x]>=1"], "noDeps": ["six"],
        "skip": {"six": {"linux-x64": "not needed"}}}, "build": {"timeout": 16, "enableLogging": true}}
      """#
    let fromYAML = try await workspace(["shared-config.yaml": yaml, "runenvs/python-3.13.5/n": ""])
    let fromJSON = try await workspace(["shared-config.json": json, "runenvs/python-3.13.5/n": ""])
    #expect(fromYAML.recipes.map(\.canonicalJSON) == fromJSON.recipes.map(\.canonicalJSON))
    #expect(fromYAML.recipes.first?.skips.first?.position.description == "shared-config.yaml:6:22")
  }

  @Test("the workspace is found from any directory inside it, and from nowhere else")
  func find() async throws {
    try await withFiles(["a/shared-config.yml": "", "a/b/c/d": ""]) { root in
      #expect(Workspace.find(from: root.appending("a/b/c")) == root.appending("a"))
      #expect(Workspace.find(from: root.appending("a")) == root.appending("a"))
      #expect(Workspace.find(from: root) == nil)
    }
  }

  @Test("modules.sources is the shared configuration's to say")
  func moduleSources() async throws {
    let text = #"{"modules": {"sources": ["../other"]}}"#
    #expect(try await workspace(["shared-config.json": text]).moduleSources.map(\.value) == ["../other"])
    let found = try await problems(in: [
      "shared-config.json": "{}", "runenvs/python-3.13.5/config.json": text,
    ])
    #expect(
      found == [
        "runenvs/python-3.13.5/config.json:1:2: 'modules' is not a runenv's to say"
          + " | move it to the shared configuration"
      ])
  }
}
