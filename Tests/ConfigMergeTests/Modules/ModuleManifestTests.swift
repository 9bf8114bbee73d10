import Model
import SystemPackage
import Testing

@testable import ConfigMerge

@Suite("Module manifests") struct ModuleManifestTests {
  private static let text = """
    {
      "$schema": "module.schema.json",
      "name": "elasticity", "version": "1.0.0", "summary": "Price elasticity", "python": ">= 3.11, <4",
      "platforms": ["windows-x64", "linux-x64"],
      "inputs": [{"name": "sales.csv", "summary": "rows"}],
      "outputs": [{"name": "out.csv", "summary": "numbers"}],
      "options": [
        {"name": "type", "type": "choice", "choices": ["linear", "loglog"], "default": "loglog", "help": "curve"},
        {"name": "rate", "type": "number", "default": 1, "help": "r"},
        {"name": "fast", "type": "boolean", "help": "f"}
      ],
      "entryPoint": "elasticity.cli:main",
      "dependencies": ["numpy>=2.2", {"requirement": "statsmodels>=0.14", "when": {"type": "loglog"}}],
      "devDependencies": ["pytest>=8"],
      "needs": ["demand-classes", "etl >= 1.0, <2"],
      "files": [
        {"from": "src"},
        {"from": "variants/loglog.py", "to": "src/{{ package }}/model.py", "when": {"type": ["loglog"], "fast": true}},
        {"from": "data/*.csv"},
        {"from": "Dockerfile", "to": "Dockerfile.{{ name }}", "template": true}
      ],
      "notes": "Try it"
    }
    """

  @Test("everything that a manifest says is read")
  func whole() throws {
    let manifest = try manifest(json: Self.text)
    #expect(manifest.name.description == "elasticity")
    #expect(manifest.version.description == "1.0.0")
    #expect(manifest.python?.value == ">=3.11,<4")
    #expect(manifest.platforms == [.linuxX64, .windowsX64])
    #expect(manifest.inputs == [ModuleField(name: "sales.csv", summary: "rows")])
    #expect(manifest.options.map(\.name) == ["type", "rate", "fast"])
    #expect(manifest.options.map(\.default) == [.text("loglog"), .number(1), nil])
    #expect(manifest.options[0].kind == .choice(["linear", "loglog"]))
    #expect(manifest.entryPoint == "elasticity.cli:main")
    #expect(
      manifest.dependencies.map(\.requirement.value.description) == ["numpy>=2.2", "statsmodels>=0.14"])
    #expect(manifest.dependencies[1].condition.holds(for: ["type": .text("loglog")]))
    #expect(!manifest.dependencies[1].condition.holds(for: ["type": .text("linear")]))
    #expect(!manifest.dependencies[1].condition.holds(for: [:]))
    #expect(manifest.needs.map(\.description) == ["demand-classes", "etl>=1.0,<2"])
    #expect(
      manifest.files.map(\.to.value) == [
        "src", "src/{{ package }}/model.py", "data", "Dockerfile.{{ name }}",
      ])
    #expect(manifest.files.map(\.isTemplate) == [false, false, false, true])
    #expect(manifest.files[0].condition == .always)
    #expect(manifest.files[3].from.position == SourcePosition(file: "module.json", line: 20, column: 14))
    #expect(manifest.notes?.value == "Try it")
  }

  @Test("YAML says the same, and what isn't said has its default")
  func yaml() throws {
    let text = "name: etl\nversion: '1.0'\nsummary: Loads\nfiles: []\n"
    let manifest = try ModuleManifest.parse(Array(text.utf8), file: "module.yaml")
    #expect(manifest.platforms == Platform.all)
    #expect(manifest.python == nil && manifest.options.isEmpty && manifest.entryPoint == nil)
  }

  @Test("a condition holds when every option has one of the values")
  func conditions() throws {
    let manifest = try manifest(
      #""options": [{"name": "n", "type": "integer", "help": "h"}, {"name": "t", "type": "text", "help": "h"}]"#,
      #""dependencies": [{"requirement": "a", "when": {"n": [1, 2], "t": "x"}}]"#)
    let condition = manifest.dependencies[0].condition
    #expect(condition.holds(for: ["n": .integer(2), "t": .text("x")]))
    #expect(!condition.holds(for: ["n": .integer(3), "t": .text("x")]))
    #expect(!condition.holds(for: ["n": .integer(1)]))
  }

  @Test(
    "an option's value is read from the command line as its type says",
    arguments: [
      ("text", "", "", OptionValue.text("")), ("integer", "", "-3", .integer(-3)),
      ("number", "", "0.5", .number(0.5)),
      ("boolean", "", "true", .boolean(true)), ("choice", #", "choices": ["a", "b"]"#, "b", .text("b")),
    ])
  func values(type: String, more: String, text: String, expected: OptionValue) throws {
    let option = try manifest(#""options": [{"name": "o", "type": "\#(type)", "help": "h"\#(more)}]"#)
      .options[0]
    #expect(try option.value(parsing: text) == expected)
    #expect(expected.description == text)
  }

  @Test(
    "a value that the option can't have is refused with what it can",
    arguments: [
      ("choice", #", "choices": ["linear", "loglog"]"#, "loglg", "did you mean 'loglog'?"),
      ("choice", #", "choices": ["linear", "loglog"]"#, "x", "the choices are linear, loglog"),
      ("boolean", "", "yes", "write true or false"), ("integer", "", "1.5", nil), ("number", "", "nan", nil),
      ("number", "", "1e999", nil),
    ])
  func wrongValues(type: String, more: String, text: String, hint: String?) throws {
    let option = try manifest(#""options": [{"name": "o", "type": "\#(type)", "help": "h"\#(more)}]"#)
      .options[0]
    let error = #expect(throws: ParseError.self) { try option.value(parsing: text) }
    #expect(error?.hint == hint)
  }

  @Test("the manifests of this repository's modules are good, and their directories have their names")
  func repository() throws {
    let root = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
      .removingLastComponent().appending("modules")
    let names = try listDirectory(root).filter { ModuleManifest.isThere(in: root.appending($0)) }
    #expect(!names.isEmpty)
    for name in names {
      let manifest = try ModuleManifest.load(from: root.appending(name), shownAs: "modules/\(name)")
      #expect(manifest.name.description == name)
    }
  }
}
