import ConfigMerge
import Model
import Testing

@Suite("Reading JSON")
struct JSONReaderTests {
  private func parse(_ text: String) throws(ConfigurationErrors) -> Node {
    try Node.parse(json: Array(text.utf8), file: "f")
  }

  @Test(
    "scalars are read as RFC 8259 has them",
    arguments: [
      ("null", Node.Content.null), (" true\n", .boolean(true)), ("false", .boolean(false)),
      ("0", .number("0")),
      ("-0.5e+10", .number("-0.5e+10")), ("1E400", .number("1E400")), (#""""#, .string("")),
      (#""a\"\\\/\b\f\n\r\tb""#, .string("a\"\\/\u{8}\u{C}\n\r\tb")), (#""\u00e9\u20AC""#, .string("é€")),
      (#""\ud83d\uDE00 😀é""#, .string("😀 😀é")), (#""\u0000""#, .string("\0")), ("[]", .sequence([])),
      ("{ }", .mapping([])), ("\"\u{7F}\u{2028}\"", .string("\u{7F}\u{2028}")),
    ])
  func scalars(text: String, content: Node.Content) throws {
    #expect(try parse(text).content == content)
  }

  @Test("columns count Unicode scalars, lines end with LF, CRLF or CR")
  func positions() throws {
    let node = try parse("{\"é😀\": [1,\r\n\t2,\r3],\n \"b\": {}}")
    guard case .mapping(let entries) = node.content, case .sequence(let elements) = entries[0].value.content
    else {
      Issue.record("not a mapping of sequences")
      return
    }
    #expect(node.position.description == "f:1:1")
    #expect(entries.map(\.keyPosition.description) == ["f:1:2", "f:4:2"])
    #expect(entries[0].value.position.description == "f:1:8")
    #expect(elements.map(\.position.description) == ["f:1:9", "f:2:2", "f:3:1"])
  }

  @Test(
    "what is not strict JSON is refused at its place, with a hint",
    arguments: [
      ("", "1:1: the file is empty | write {} for no settings"),
      ("{", "1:2: the file ends where a key should be | the '{' at f:1:1 is never closed"),
      (
        "{\n\"a\": [1,\n 2",
        "3:3: the file ends where ',' or ']' should be | the '[' at f:2:6 is never closed"
      ),
      (#"{"a": 1,}"#, "1:9: a key should be here, not '}' | remove the comma before it"),
      ("[1, ]", "1:5: a value should be here, not ']' | remove the comma before it"),
      ("[1 2]", "1:4: ',' or ']' should be here, not '2'"),
      ("[,1]", "1:2: a value should be here, not ','"),
      (#"{"a" 1}"#, "1:6: ':' after the key 'a' should be here, not '1'"),
      ("{a: 1}", "1:2: a key in double quotes should be here, not 'a'"),
      ("{'a': 1}", "1:2: a key in double quotes should be here, not ''' | JSON's quotes are double: \""),
      ("// no\n{}", "1:1: a value should be here, not '/' | JSON has no comments; a config.yaml has"),
      ("{} {}", "1:4: the end of the file should be here, not '{' | a JSON file holds one value"),
      ("{}\u{0}", "1:3: the end of the file should be here, not '\0' | a JSON file holds one value"),
      ("True", "1:1: a value should be here, not 'T' | write true"),
      ("None", "1:1: a value should be here, not 'N' | write null"),
      ("NaN", #"1:1: a value should be here, not 'N' | put it in double quotes: "NaN""#),
      ("-Infinity", "1:1: a badly written number | write it as in 3, -0.5 or 1e9, or put it in quotes"),
      ("01", "1:1: a badly written number | write it as in 3, -0.5 or 1e9, or put it in quotes"),
      ("+1", "1:1: a value should be here, not '+'"),
      ("1.", "1:1: a badly written number | write it as in 3, -0.5 or 1e9, or put it in quotes"),
      ("[1.15.3]", "1:2: a badly written number | write it as in 3, -0.5 or 1e9, or put it in quotes"),
      ("0x10", "1:1: a badly written number | write it as in 3, -0.5 or 1e9, or put it in quotes"),
      (
        #"["é\ud800"]"#,
        #"1:4: half of a surrogate pair | write the character itself, or both halves as in \ud83d\ude00"#
      ),
      (
        #"["\udc00"]"#,
        #"1:3: half of a surrogate pair | write the character itself, or both halves as in \ud83d\ude00"#
      ),
      (
        #"["\ud800\u0041"]"#,
        #"1:3: half of a surrogate pair | write the character itself, or both halves as in \ud83d\ude00"#
      ),
      (#"["\u12"]"#, #"1:3: \u is not followed by four hexadecimal digits"#),
      (#"["\x41"]"#, #"1:3: an unknown escape in a string | write \\ for a backslash"#),
      (#"["\"#, #"1:3: an unknown escape in a string | write \\ for a backslash"#),
      (
        "[\"a\nb\"]",
        #"1:4: the string does not end on its line | close it with '"', or write \n for a line break"#
      ),
      ("[\"a\tb\"]", #"1:4: a control character in a string | write it as \u0009"#),
      ("[\"abc", #"1:2: the string is never closed | close it with '"'"#),
      ("\u{FEFF}{}", "1:1: the file starts with a byte order mark | save it as UTF-8 without BOM"),
    ])
  func refused(text: String, problem: String) {
    let error = #expect(throws: ConfigurationErrors.self) { try parse(text) }
    #expect(error?.diagnostics.map(\.summary) == ["f:" + problem])
  }

  @Test("every duplicate key is reported with both places, also one spelled with escapes")
  func duplicates() {
    let error = #expect(throws: ConfigurationErrors.self) {
      try parse("{\"a\": 1,\n \"b\": {\"c\": 1, \"c\": 2},\n \"\\u0061\": 3, \"a\": 4}")
    }
    #expect(
      error?.diagnostics.map(\.summary) == [
        "f:2:16: the key 'c' is given twice | it was first given at f:2:8",
        "f:3:2: the key 'a' is given twice | it was first given at f:1:2",
        "f:3:15: the key 'a' is given twice | it was first given at f:1:2",
      ])
  }

  @Test("nesting is limited, however deep it goes")
  func depth() throws {
    #expect(throws: Never.self) {
      try parse(String(repeating: "[", count: 64) + String(repeating: "]", count: 64))
    }
    for text in [String(repeating: "[", count: 1_000_000), String(repeating: "{\"a\":", count: 100_000)] {
      let error = #expect(throws: ConfigurationErrors.self) { try parse(text) }
      #expect(error?.description == "values nest more than 64 deep")
    }
  }

  @Test(
    "bytes that are not UTF-8 are refused at their place",
    arguments: [
      (
        [0x5B, 0x0A, 0x22, 0xC3, 0xA9, 0xFF, 0x22, 0x5D],
        "2:3: the byte 0xff is not UTF-8 | save the file as UTF-8"
      ),
      ([0x22, 0xC3], "1:2: the byte 0xc3 is not UTF-8 | save the file as UTF-8"),
      ([0x22, 0xED, 0xA0, 0x80, 0x22], "1:2: the byte 0xed is not UTF-8 | save the file as UTF-8"),
      ([0xFF, 0xFE, 0x7B, 0x00], "1:1: the file is UTF-16, not UTF-8 | save it as UTF-8"),
    ] as [([UInt8], String)])
  func encoding(bytes: [UInt8], problem: String) {
    let json = #expect(throws: ConfigurationErrors.self) { try Node.parse(json: bytes, file: "f") }
    #expect(json?.diagnostics.map(\.summary) == ["f:" + problem])
    let yaml = #expect(throws: ConfigurationErrors.self) { try Node.parse(yaml: bytes, file: "f") }
    #expect(yaml?.diagnostics.map(\.summary) == ["f:" + problem])
  }

  @Test("a file cut at any byte is refused or read, never more")
  func truncated() {
    let text = Array(#"{"é": ["\ud83d\ude00", -1.5e3, true, null, {"b": "\n"}], "c": {}}"#.utf8)
    for length in 0..<text.count {
      #expect(throws: ConfigurationErrors.self) { try Node.parse(json: Array(text[..<length]), file: "f") }
    }
  }
}
