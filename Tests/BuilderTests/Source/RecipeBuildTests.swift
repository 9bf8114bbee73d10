import Artifacts
import Catalogue
import ConfigMerge
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Builder

@Suite("Packages built by recipes", .enabled(if: SourceScene.python != nil)) struct RecipeBuildTests {
  private static let patch = """
    --- /dev/null
    +++ b/note.txt
    @@ -0,0 +1 @@
    +patched

    """

  /// A scene with a recipe for `tiny`; what the recipe says is the inside of a JSON object.
  private func with(
    _ recipe: String, config: String = "{}", _ body: (SourceScene) async throws -> Void
  ) async throws {
    try await SourceScene.with(config: config) { scene in
      try scene.matrix.write("recipes/tiny/recipe.json", #"{"reason": "as it is it fails", \#(recipe)}"#)
      try await body(scene)
    }
  }

  @Test(
    "a source that fails as it is is built by a recipe: files added, patched, with variables and settings")
  func built() async throws {
    let checks = """
      assert os.environ['WANTED'] == 'yes' and open(os.environ['HELP']).read() == 'help'
          assert open('note.txt').read() == 'patched\\n' and open('lib/data.txt').read() == 'data'
          assert config_settings == {'a': '1'}
      """
    try await SourceScene.with { scene in
      try scene.lock(scene.sdist(prologue: checks))
      #expect(try await scene.problem().message.contains("KeyError: 'WANTED'"))
      let data = scene.matrix.serve("data.txt", Array("data".utf8))
      try scene.matrix.write("recipes/tiny/help.txt", "help")
      try scene.matrix.write("recipes/tiny/fix.patch", Self.patch)
      try scene.matrix.write(
        "recipes/tiny/recipe.json",
        """
        {"reason": "as it is it fails", "env": {"WANTED": "yes", "HELP": "{packageRoot}/help.txt"},
         "configSettings": ["a=1"], "patches": ["fix.patch"],
         "sources": [{"url": "\(data.url)", "sha256": "\(data.digest.hex)", "to": "lib/data.txt"}],
         "test": ["python", "-c", "import tiny; assert tiny.built"]}
        """)
      #expect(try await scene.build().endings == [scene.cell: "built"])
      let record = try #require(try await scene.matrix.record(scene.cell))
      let recipe = try #require(record.packages.first?.recipe)
      #expect(recipe.reference == "recipes/tiny")
      let note = try #require(
        try BuiltWheels(store: ArtifactStore(cache: scene.matrix.cache)).list().first?.note)
      #expect(note.recipe == recipe && note.isTested == true)
      #expect(try scene.matrix.text(scene.logFile).contains("== tiny: test"))
    }
  }

  @Test("a runenv's rule wins over the recipe, key by key, variable by variable and setting by setting")
  func rule() async throws {
    let rule = """
      {"packages": {"buildWheel": {"tiny": {"*": {
        "reason": "more", "env": {"B": "rule"}, "configSettings": ["b=rule", "b=again"]}}}}}
      """
    let check = """
      assert os.environ['A'] == 'recipe' and os.environ['B'] == 'rule'
          assert config_settings == {'a': 'recipe', 'b': ['rule', 'again']}
      """
    try await with(
      #""env": {"A": "recipe", "B": "recipe"}, "configSettings": ["a=recipe", "b=recipe"]"#, config: rule
    ) { scene in
      try scene.lock(scene.sdist(prologue: check))
      #expect(try await scene.build().endings == [scene.cell: "built"])
    }
  }

  @Test("a wheel that fails the recipe's test is an error with the test's last words, and is not kept")
  func failingTest() async throws {
    try await with(#""test": ["python", "-c", "raise SystemExit('no luck')"]"#) { scene in
      try scene.lock(scene.sdist())
      let problem = try await scene.problem()
      #expect(problem.message == "'tiny 1.0' was built, and its test failed:\nno luck")
      #expect(problem.hint?.contains("'recipes/tiny/recipe.json'") == true)
      #expect(try BuiltWheels(store: ArtifactStore(cache: scene.matrix.cache)).list() == [])
      try scene.matrix.write("recipes/tiny/recipe.json", #"{"reason": "x", "test": ["python", "-c", ""]}"#)
      #expect(try await scene.build().endings == [scene.cell: "built"])
    }
  }

  @Test("a test that prints without end is ended")
  func endlessTest() async throws {
    try await with(#""test": ["python", "-c", "while True: print('x' * 1000000)"]"#) { scene in
      try scene.lock(scene.sdist())
      #expect(
        try await scene.problem().message.contains("its test wrote more output than a build may (32 MB)"))
    }
  }

  @Test("another recipe is another wheel, another reason is not")
  func digests() async throws {
    try await with(#""env": {"A": "1"}"#) { scene in
      try scene.lock(scene.sdist())
      try await scene.build()
      try scene.matrix.write("recipes/tiny/recipe.json", #"{"reason": "other words", "env": {"A": 1}}"#)
      let cell = try CellID(parsing: scene.cell)
      let same = try #require(try await scene.matrix.plan()[cell])
      #expect(same.builds.map { $0.recipe?.reference } == ["recipes/tiny"])
      #expect(!same.reason.contains("recipe"))
      try scene.matrix.write("recipes/tiny/data.txt", "x")
      let changed = try #require(try await scene.matrix.plan()[cell])
      #expect(changed.reason.contains("recipe tiny: sha256:"))
      let log = EventLog()
      try await scene.build(log: log)
      #expect(log.started(.buildFromSource) == ["tiny 1.0"])
    }
  }

  @Test(
    "a recipe is passed over for other versions, interpreters and platforms",
    arguments: [
      #""versions": ">1.0""#, #""python": "<3""#, #""platforms": ["windows-x64"]"#,
    ])
  func passedOver(range: String) async throws {
    try await with("\(range), \"env\": {\"WANTED\": \"yes\"}") { scene in
      try scene.lock(scene.sdist(prologue: "assert 'WANTED' not in os.environ"))
      #expect(try await scene.build().endings == [scene.cell: "built"])
      let plan = try await scene.matrix.plan()
      #expect(plan.cells.flatMap(\.builds).allSatisfy { $0.recipe == nil })
    }
  }

  @Test("a file that a recipe adds has to have its digest")
  func wrongDigest() async throws {
    try await SourceScene.with { scene in
      try scene.lock(scene.sdist())
      let data = scene.matrix.serve("data.txt", Array("data".utf8))
      let source =
        #"{"url": "\#(data.url)", "sha256": "\#(String(repeating: "0", count: 64))", "to": "x"}"#
      try scene.matrix.write("recipes/tiny/recipe.json", #"{"reason": "x", "sources": [\#(source)]}"#)
      #expect(try await scene.problem().message.contains("data.txt"))
    }
  }

  @Test("what a recipe says that a package asks for is told to uv, for the versions that it is for")
  func metadata() throws {
    let name = try PackageName(parsing: "tiny")
    var compile = UVCompile(
      requirements: ["tiny"], indexes: ["file:///index"], python: try PythonVersion(parsing: "3.13.5"))
    compile.metadata = [
      UVCompile.Metadata(name: name, version: try PackageVersion(parsing: "1.0"), requires: ["numpy>=1"])
    ]
    let settings = compile.files.first { $0.name == "uv.toml" }?.text
    let expected = """
      [[dependency-metadata]]
      name = "tiny"
      version = "1.0"
      requires-dist = ["numpy>=1"]

      """
    #expect(settings?.hasSuffix(expected) == true, "\(settings ?? "")")
  }
}
