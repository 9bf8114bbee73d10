import ConfigMerge
import Model
import Testing

@Suite("Reading YAML")
struct YAMLReaderTests {
  private func parse(_ text: String) throws(ConfigurationErrors) -> Node {
    try Node.parse(yaml: Array(text.utf8), file: "f")
  }

  @Test(
    "plain scalars are what the core schema says, quoted ones are text",
    arguments: [
      ("~", Node.Content.null), ("[null, Null, NULL]", nil), ("true", .boolean(true)),
      ("FALSE", .boolean(false)),
      ("yes", .string("yes")), ("off", .string("off")), ("12", .number("12")), ("-12", .number("-12")),
      ("0x1F", .number("0x1F")), ("0o17", .number("0o17")), ("1.10", .number("1.10")),
      (".5e-3", .number(".5e-3")),
      (".inf", .number(".inf")), ("1.15.3", .string("1.15.3")), ("12:30", .string("12:30")),
      ("2025-06-12", .string("2025-06-12")), ("0b1", .string("0b1")), ("1_000", .string("1_000")),
      ("'12'", .string("12")), (#""\x41\u00e9""#, .string("Aé")), ("!!str 12", .string("12")),
      ("! 12", .string("12")),
      ("!!int 12", .number("12")), ("|\n  a\n  b\n", .string("a\nb\n")), ("", .mapping([])),
      ("# nothing\n", .mapping([])),
      ("---\n", .mapping([])),
    ])
  func scalars(text: String, content: Node.Content?) throws {
    let node = try parse(text)
    if let content, content != .null {
      #expect(node.content == content)
    } else if case .sequence(let nodes) = node.content {
      #expect(nodes.allSatisfy { $0.content == .null })
    } else {
      #expect(node.content == .mapping([]))
    }
  }

  @Test("columns count Unicode scalars from 1")
  func positions() throws {
    let node = try parse("é: [1,\n  😀 x, 2]\nb:\n  - c\n")
    guard case .mapping(let entries) = node.content, case .sequence(let elements) = entries[0].value.content
    else {
      Issue.record("not a mapping of sequences")
      return
    }
    #expect(entries.map(\.keyPosition.description) == ["f:1:1", "f:3:1"])
    #expect(elements.map(\.position.description) == ["f:1:5", "f:2:3", "f:2:8"])
    #expect(entries[1].value.position.description == "f:4:3")
  }

  @Test("an alias is the value it names, where that stands")
  func alias() throws {
    let node = try parse("a: &x [1, 2]\nb: *x\n")
    guard case .mapping(let entries) = node.content else {
      Issue.record("not a mapping")
      return
    }
    #expect(entries[0].value == entries[1].value)
  }

  @Test("a byte order mark is fine, as YAML has it")
  func byteOrderMark() throws {
    #expect(try parse("\u{FEFF}a: 1").content == parse("a: 1").content)
  }

  @Test(
    "what is not plain YAML is refused at its place, with a hint",
    arguments: [
      ("a: 1\na: 2", "2:1: the key 'a' is given twice | it was first given at f:1:1"),
      (
        "a: *x",
        "1:4: the alias '*x' has no anchor before it | name a value with '&x' first, or put the text in quotes"
      ),
      (
        "a: &b [*b]",
        "1:8: the alias '*b' has no anchor before it | name a value with '&b' first, or put the text in quotes"
      ),
      (
        "*: a",
        "1:2: broken YAML: did not find expected alphabetic or numeric character while scanning an alias"
      ),
      (
        "a: &x {}\nb:\n  <<: *x",
        "3:3: merge keys are not supported | repeat the keys, or give the whole value an alias"
      ),
      ("? [a]\n: b", "1:3: a key that is not text | keys are plain words or quoted texts"),
      ("a: !!binary aGk=", "1:4: the tag 'tag:yaml.org,2002:binary' is not supported here | remove it"),
      ("a: !ruby/object x", "1:4: the tag '!ruby/object' is not supported here | remove it"),
      ("a: !!set {b}", "1:4: the tag 'tag:yaml.org,2002:set' is not supported here | remove it"),
      ("a: !!int x", "1:4: 'x' is not of the type that its tag says"),
      ("a: 1\n---\nb: 2", "2:1: a second document in the file | remove it and the '---' before it"),
      (
        "a: b: c",
        "1:5: broken YAML: mapping values are not allowed in this context | put a text that holds ': ' in quotes"
      ),
      (
        "a:\n\t- b",
        "2:1: broken YAML: found character that cannot start any token while scanning for the next token | indent with spaces, not tabs"
      ),
      (
        "a: @b",
        "1:4: broken YAML: found character that cannot start any token while scanning for the next token | put the text in quotes"
      ),
      (
        "a: [b",
        "1:6: broken YAML: did not find expected ',' or ']' while parsing a flow sequence | it starts at f:1:4"
      ),
      (
        "a: \"b",
        "1:6: broken YAML: found unexpected end of stream while scanning a quoted scalar | it starts at f:1:4"
      ),
      ("a: \u{1}", "1:4: control characters are not allowed | remove the character"),
    ])
  func refused(text: String, problem: String) {
    let error = #expect(throws: ConfigurationErrors.self) { try parse(text) }
    #expect(error?.diagnostics.map(\.summary) == ["f:" + problem])
  }

  @Test("aliases of aliases are refused before they fill the memory")
  func bomb() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...30 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let error = #expect(throws: ConfigurationErrors.self) { try parse(text) }
    #expect(error?.description == "the file has more than 50000 values once its aliases are expanded")
  }

  @Test("nesting is limited, in brackets, in blocks and through aliases")
  func depth() {
    let blocks = (0..<100).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    let brackets = String(repeating: "[", count: 40)
    let aliased =
      "a: &a \(brackets)\(String(repeating: "]", count: 40))\nb: \(brackets)*a\(String(repeating: "]", count: 40))"
    for text in [
      String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 10_000), blocks, aliased,
    ] {
      let error = #expect(throws: ConfigurationErrors.self) { try parse(text) }
      #expect(error?.description == "values nest more than 64 deep")
    }
  }
}
