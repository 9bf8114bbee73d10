import Model
import Testing

@Suite struct GlobTests {
  @Test(
    "a pattern of text matches all of it, and takes a slash for a character like others",
    arguments: [
      ("a*", "a/b/c", true), ("*/torch/*.so", "lib/x/torch/lib/y.so", true), ("a?b", "a/b", true),
      ("**", "a/b", true), ("a", "a/b", false), ("", "", true), ("", "a", false), ("*", "", true),
      (#"a\*b"#, "a*b", true), (#"a\*b"#, "axb", false), (#"a\"#, #"a\"#, true),
      ("[]x]", "]", true), ("[!]x]", "]", false), ("[^a]", "b", true), ("[a-]", "-", true),
      ("[a-c][0-9]", "b7", true), ("[{]", "{", true), (#"\{a"#, "{a", true), ("a}", "a}", true),
      ("a{,b}c", "ac", true), ("a{b{1,2},c}d", "ab2d", true), ("{a/b,c}/d", "a/b/d", true),
      ("?", "é", true), ("a?", "a", false), (".*", ".hidden", true), ("*hidden", ".hidden", true),
    ])
  func text(pattern: String, text: String, expected: Bool) throws {
    #expect(try Glob(parsing: pattern).matches(text) == expected)
  }

  @Test(
    "a pattern of a path matches part by part, and all that is in a directory that it matches",
    arguments: [
      ("lib/python3.13/test", "lib/python3.13/test/test_os.py", true),
      ("lib/python3.*/test/**", "lib/python3.13/test/a/b.py", true),
      ("lib/*/lib-dynload/readline.*", "lib/python3.11/lib-dynload/readline.cpython-311.so", true),
      ("**/*.a", "lib/libpython3.13.a", true), ("**/*.a", "libpython3.13.a", true),
      ("lib/*.a", "lib/x/libpython3.13.a", false), ("lib/python3.1?/test", "lib/python3.13/test", true),
      ("test", "lib/test", false), ("lib/python3.13/tes", "lib/python3.13/test", false),
      ("**", "anything/at/all", true), ("lib/**/x/**/y", "lib/x/x/a/y/z", true),
      ("lib/**/x/**/y", "lib/a/y/x", false), ("a/b", "a", false), ("lib/{a,b/c}", "lib/b/c/d", true),
      ("lib/x[0-9]", "lib/x1", true), ("/lib/", "lib/x", true), ("a**b", "a/b", false),
    ])
  func path(pattern: String, path: String, expected: Bool) throws {
    #expect(try Glob(parsing: pattern, matching: .path).matches(path) == expected)
  }

  @Test(
    "what is no pattern is refused, and the hint says why",
    arguments: [
      ("[a", "the '[' is not closed"), ("{a,b", "the '{' is not closed"),
      ("[z-a]", "the range 'z-a' is the wrong way round"),
      (String(repeating: "{a,b}", count: 11), "its braces stand for more than 1024 patterns"),
    ])
  func refused(pattern: String, hint: String) {
    let error = #expect(throws: ParseError.self) { try Glob(parsing: pattern) }
    #expect(error?.hint == hint)
  }

  @Test("many stars take no exponential time", .timeLimit(.minutes(1)))
  func manyStars() throws {
    let text = String(repeating: "a", count: 300)
    #expect(try !Glob(parsing: String(repeating: "*a", count: 60) + "b").matches(text))
    let path = String(repeating: "a/", count: 300)
    #expect(
      try !Glob(parsing: String(repeating: "**/a/", count: 60) + "b", matching: .path).matches(path))
  }
}
