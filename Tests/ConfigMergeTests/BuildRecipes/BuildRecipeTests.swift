import Model
import SystemPackage
import Testing

@testable import ConfigMerge

@Suite("Recipes for builds")
struct BuildRecipeTests {
  private static let whole = """
    reason: setup.py imports numpy
    versions: ">=1.0,<2"
    python: ">=3.11"
    platforms: [linux-aarch64, linux-x64]
    buildRequires: [setuptools<81, numpy]
    configSettings: ["cmake.define.FILES={packageRoot}/files"]
    env: {USE_CYTHON: 1, PLACE: "{packageRoot}"}
    patches: [fix.patch]
    sources:
      - {url: "https://example.org/lib.tar.gz", sha256: "\(String(repeating: "a", count: 64))", to: lib/}
    systemRequires: [zlib.h]
    dependencies: [numpy>=1.20]
    timeout: 60
    test: [python, -c, import demo]
    testRequires: [pytest]

    """

  private func parse(_ text: String, file: String = "recipe.yaml") throws -> BuildRecipe {
    try BuildRecipe.parse(Array(text.utf8), of: PackageName(parsing: "demo"), file: file)
  }

  /// What is wrong with a recipe: `file:line:column: message | hint`.
  private func problems(_ text: String) throws -> [String] {
    let package = try PackageName(parsing: "demo")
    do throws(ConfigurationErrors) {
      _ = try BuildRecipe.parse(Array(text.utf8), of: package, file: "recipe.json")
      return []
    } catch {
      return error.diagnostics.map(\.summary)
    }
  }

  @Test("every key is read")
  func keys() throws {
    let recipe = try parse(Self.whole)
    #expect(recipe.versions == ">=1.0,<2" && recipe.python == ">=3.11")
    #expect(recipe.platforms == [.linuxX64, .linuxAArch64])
    #expect(recipe.buildRequires?.map(\.description) == ["setuptools<81", "numpy"])
    #expect(recipe.environment == ["USE_CYTHON": "1", "PLACE": "{packageRoot}"])
    #expect(recipe.patches.map(\.value) == ["fix.patch"])
    #expect(recipe.additions.map(\.to) == ["lib/"])
    #expect(recipe.dependencies?.map(\.description) == ["numpy>=1.20"])
    #expect(recipe.systemRequires == ["zlib.h"] && recipe.timeout == 60)
    #expect(recipe.test == ["python", "-c", "import demo"])
    #expect(recipe.testRequires.map(\.description) == ["pytest"])
  }

  @Test("what is left out means everything, and is left to the package")
  func defaults() throws {
    let recipe = try parse("reason: it needs Cython\n")
    #expect(recipe.platforms == Platform.all && recipe.versions == nil && recipe.python == nil)
    #expect(recipe.buildRequires == nil && recipe.dependencies == nil && recipe.test == [])
  }

  @Test(
    "a recipe is for the versions, interpreters and platforms that it names",
    arguments: [
      ("1.5", "3.11.2", Platform.linuxX64, true), ("2.0", "3.11.2", .linuxX64, false),
      ("1.5", "3.9.1", .linuxX64, false), ("1.5", "3.11.2", .windowsX64, false),
    ])
  func serving(version: String, python: String, platform: Platform, isServed: Bool) throws {
    let recipe = try parse(Self.whole)
    let (version, python) = (try PackageVersion(parsing: version), try PythonVersion(parsing: python))
    #expect(recipe.serves(version: version, python: python, on: platform) == isServed)
  }

  @Test("every problem is reported together, with its place and the nearest key")
  func problemsTogether() throws {
    let found = try problems(
      """
      {
        "reasons": "x",
        "versions": "1.0",
        "env": {"A B": "c"},
        "sources": [{"url": "ftp://x", "sha256": "12", "to": "../up"}],
        "testRequires": ["pytest"]
      }
      """)
    #expect(found.count == 8)
    #expect(found.contains("recipe.json:2:3: unknown key 'reasons' | did you mean 'reason'?"))
    #expect(found.contains { $0.hasPrefix("recipe.json:3:15: ") && $0.contains("version specifier") })
    #expect(found.contains { $0.hasPrefix("recipe.json:1:1: 'reason' is missing") })
    #expect(found.contains { $0.hasPrefix("recipe.json:6:19: 'testRequires' is there without a test") })
    #expect(found.contains { $0.contains("'..' leaves the source") })
  }

  @Test("a workspace's recipes are read with its files, and what is wrong with them is said beside the rest")
  func inWorkspace() async throws {
    let found = try await ConfigMergeTests.problems(in: [
      "shared-config.json": #"{"bild": {}}"#,
      "recipes/demo/recipe.json": #"{"reason": "x", "patches": ["gone.patch"]}"#,
      "recipes/other/readme.md": "nothing",
      "recipes/two/recipe.json": "{}", "recipes/two/recipe.yaml": "{}",
      "recipes/-x/recipe.json": #"{"reason": "x"}"#,
    ])
    #expect(found.count == 5)
    #expect(
      found.contains(
        "recipes/demo/recipe.json:1:29: the patch 'gone.patch' is not there | put it beside recipes/demo/recipe.json, or remove it here"
      ))
    #expect(found.contains { $0.contains("there is no recipe.json in 'recipes/other'") })
    #expect(found.contains { $0.contains("both recipe.json and recipe.yaml are there") })
    #expect(found.contains { $0.contains("'recipes/-x' is not called as a package is") })
    #expect(found.contains { $0.contains("unknown key 'bild'") })
  }

  @Test("two spellings of a package's name are one package")
  func spellings() async throws {
    let text = #"{"reason": "x"}"#
    let found = try await ConfigMergeTests.problems(in: [
      "shared-config.json": "{}", "recipes/a-b/recipe.json": text, "recipes/a_b/recipe.json": text,
    ])
    #expect(found.count == 1 && found.first?.contains("there is another recipe for 'a-b'") == true)
  }

  @Test("a patch that leads out of the recipe over a link is refused")
  func linkedPatch() async throws {
    try await withFiles([
      "shared-config.json": "{}", "secret": "x",
      "recipes/demo/recipe.json": #"{"reason": "x", "patches": ["p"]}"#,
    ]) { root in
      try makeSymbolicLink(at: root.appending("recipes/demo/p"), to: "../../secret")
      #expect(throws: ConfigurationErrors.self) { _ = try Workspace.load(at: root) }
    }
  }

  @Test("only the shared configuration names sources of recipes")
  func sources() async throws {
    let shared = #"{"recipes": {"sources": ["../recipes"]}}"#
    let loaded = try await workspace(["shared-config.json": shared])
    #expect(loaded.declaredRecipes.sources.map(\.value) == ["../recipes"])
    let found = try await ConfigMergeTests.problems(in: [
      "shared-config.json": "{}", "runenvs/python-3.13.5/config.json": shared,
    ])
    #expect(found.first?.contains("'recipes' is not a runenv's to say") == true)
  }

  @Test("a cell has the recipes that are for its interpreter and platform, the first one counts")
  func ofCells() async throws {
    let loaded = try await workspace([
      "shared-config.json": "{}", "runenvs/python-3.13.5/config.json": "{}",
    ])
    let (first, second) = (try parse(Self.whole), try parse("reason: b\n"))
    let digest = try Digest(parsing: String(repeating: "1", count: 64))
    let serving = loaded.serving(
      [first, second].map { ServedRecipe(recipe: $0, digest: digest, reference: $0.reason) })
    let name = try PackageName(parsing: "demo")
    func reason(_ version: String?, _ platform: Platform) -> String? {
      serving.recipe(for: CellID(runenv: "python-3.13.5", platform: platform))?
        .buildRecipe(for: name, version: version)?.recipe.reason
    }
    #expect(reason("1.5", .linuxX64) == first.reason)
    #expect(reason("2.5", .linuxX64) == "b" && reason("1.5", .windowsX64) == "b")
  }
}
