import Model
import Testing

@testable import ConfigMerge

@Suite("Showing diagnostics and recipes")
struct RenderingTests {
  @Test("a diagnostic shows its line, a caret and a hint")
  func diagnostic() {
    let position = SourcePosition(file: "a/c.json", line: 3, column: 5)
    let diagnostic = Diagnostic(
      .error, "unknown key 'runtimes'", at: position, hint: "did you mean 'runtime'?")
    #expect(
      render(diagnostic, source: "{\r\n\r    \"runtimes\": {}\n}") == """
        a/c.json:3:5: error: unknown key 'runtimes'
            "runtimes": {}
            ^
          hint: did you mean 'runtime'?
        """)
    #expect(
      render(diagnostic, source: nil) == """
        a/c.json:3:5: error: unknown key 'runtimes'
          hint: did you mean 'runtime'?
        """)
    #expect(render(Diagnostic(.warning, "w"), source: "x") == "warning: w")
  }

  @Test("the caret stands under its scalar after tabs, wide letters and accents; controls are not shown")
  func caret() {
    func caret(_ line: String, _ column: Int) -> [Substring] {
      let position = SourcePosition(file: "f", line: 1, column: column)
      return render(Diagnostic(.error, "m\u{1B}[2J", at: position), source: line).split(separator: "\n")
    }
    #expect(caret("\ta\tx", 4) == ["f:1:4: error: m\u{FFFD}[2J", "\ta\tx", "\t \t^"])
    #expect(caret("日e\u{301}x", 4)[2] == "   ^")
    #expect(caret("\u{1B}x", 2)[1] == "\u{FFFD}x")
    #expect(caret("x", 9)[2] == " ^")
  }

  @Test("the errors of a workspace are shown with the lines of their files")
  func errors() async throws {
    try await withFiles([
      "shared-config.json": "{\n  \"runtimes\": {}\n}", "runenvs/python-3.13.5/config.yaml": "a: [\n",
    ]) { root in
      let error = #expect(throws: ConfigurationErrors.self) { try Workspace.load(at: root) }
      #expect(
        error?.diagnostics.rendered(sources: error?.sources ?? [:]) == """
          runenvs/python-3.13.5/config.yaml:2:1: error: broken YAML: did not find expected node content while parsing \
          a flow node

          ^
            hint: a '[', a '{' or a quote before it is not closed
          shared-config.json:2:3: error: unknown key 'runtimes'
            "runtimes": {}
            ^
            hint: did you mean 'runtime'?
          """)
    }
  }

  @Test("of a very long line only the part around the place is shown")
  func longLine() {
    let position = SourcePosition(file: "f", line: 1, column: 100_001)
    let source = String(repeating: "a", count: 100_000) + "X" + String(repeating: "b", count: 100_000)
    let lines = render(Diagnostic(.error, "m", at: position), source: source).split(separator: "\n")
    #expect(lines[1].count == 160)
    #expect(lines[1].dropFirst(lines[2].count - 1).first == "X")
  }

  @Test("a recipe as YAML and JSON tells where each value comes from")
  func recipeOrigins() async throws {
    let recipe = try await recipe(
      shared: #"{"packages": {"dependencies": ["six"], "skip": {"a": {"*": "why: #1"}}}}"#,
      own: #"{"build": {"timeout": 5}, "platforms": ["linux-x64"]}"#)
    let yaml = recipe.rendered(as: .yaml, origins: true)
    #expect(yaml.contains("\n  dependencies:\n    - six  # shared-config.json:1:32\n"))
    #expect(yaml.contains("\n    a: \"why: #1\"  # shared-config.json:1:60\n"))
    #expect(yaml.contains("\n  timeout: 5  # runenvs/python-3.13.5/config.json:1:23\n"))
    #expect(yaml.contains("\nfloor: \"2.28\"  # default\n"))
    #expect(!recipe.rendered(as: .yaml).contains("#1\"  #"))
    let json = recipe.rendered(as: .json, origins: true)
    #expect(
      json.contains(
        "\"timeout\": {\n      \"origin\": \"runenvs/python-3.13.5/config.json:1:23\",\n      \"value\": 5\n")
    )
    #expect(json.contains("\"layout\": {\n      \"origin\": \"default\",\n      \"value\": \"tree\"\n"))
  }

  @Test("what is shown without origins is read back as the same value by both readers")
  func roundTrip() throws {
    let texts = [
      "", " ", "a ", " a", "yes", "No", "~", "null", "1", "1.0", "-1", "+1", "1e3", "0x1F", "0o7", ".5",
      ".inf", "12:30",
      "2025-06-12", "1_000", "a: b", "a:", "a #b", "#a", "- a", "-", "?", "[a]", "{a}", "*", "&a", "!a", "|",
      ">", "%a",
      "@a", "`a", "'a'", "\"a\"", "a\\b", "a\nb", "a\tb", "\u{0}\u{1F}\u{7F}\u{85}\u{2028}\u{FEFF}", "é 😀",
      "日本", "=",
      "<<", "3.13.5", "numpy>=1,<2; python_version < '3'", "/EHsc /I{packageRoot}/x", "{site-packages}/",
      "e1", "TRUE",
    ]
    let outline = Outline(
      .map([
        (key: "list", value: .list(texts.map { .text($0) })),
        (
          key: "map",
          value: Outline(
            .map(texts.map { (key: $0, value: .list([.map(["k": .text($0), "n": .list([])])])) }))
        ),
        (key: "empty", value: Outline(.map([]))), (key: "yes", value: Outline(.boolean(true))),
      ]))
    let plain = try Node.parse(json: Array(outline.json(isPretty: false, origins: false).utf8), file: "f")
      .sorted
    #expect(
      try Node.parse(json: Array(outline.json(isPretty: true, origins: false).utf8), file: "f").sorted
        == plain)
    #expect(try Node.parse(yaml: Array(outline.yaml(origins: false).utf8), file: "f").sorted == plain)
    #expect(plain.entries.first { $0.key == "list" }?.value.elements.map(\.string) == texts)
  }

  @Test("the canonical JSON has values only: no places, reasons or order of keys")
  func canonical() async throws {
    let first = try await recipe(
      shared: #"{"packages": {"skip": {"a": {"*": "x"}}, "noDeps": ["b", "c"]}}"#,
      own: #"{"build": {"layout": "tree"}}"#)
    let second = try await recipe(
      shared: "{\n\"build\": {\"archive\": \"tar.zst\"}}",
      own: #"{"packages": {"noDeps": ["C", "b"], "skip": {"A": {"linux-x64": "y"}}}}"#)
    #expect(first.canonicalJSON == second.canonicalJSON)
    #expect(!first.canonicalJSON.contains("\n"))
    let other = try await recipe(own: #"{"build": {"layout": "wheelhouse"}}"#)
    let changed = zip(first.canonicalFields, other.canonicalFields).filter { $0.json != $1.json }.map {
      $0.0.key
    }
    #expect(changed == ["build.layout", "packages.noDeps", "packages.skip"])
  }
}

extension Node {
  /// The value alone: without places, and the keys in one order.
  fileprivate var sorted: Node {
    let place = SourcePosition(file: "", line: 1, column: 1)
    switch content {
    case .sequence(let nodes): return Node(.sequence(nodes.map(\.sorted)), at: place)
    case .mapping(let entries):
      let sorted = entries.map { Entry(key: $0.key, keyPosition: place, value: $0.value.sorted) }
      return Node(.mapping(sorted.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }), at: place)
    default: return Node(content, at: place)
    }
  }
}
