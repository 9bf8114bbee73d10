import Builder
import Model
import Testing

@Suite struct SelectionTests {
  static let cells = [
    "python-3.11.2@linux-x64", "python-3.11.2@windows-x64", "python-3.13.5@linux-x64",
    "python-3.13.5@linux-aarch64",
    "python-3.13.5@macosx-x64", "python-3.13.5-science@linux-x64", "python-3.13.5-science@windows-x64",
  ]

  static func parsed() throws -> [CellID] { try cells.map { try CellID(parsing: $0) } }

  struct Example: Sendable {
    var patterns: [String] = []
    var exclude: [String] = []
    var platforms: [String] = []
    var runenvs: [String] = []
    let expected: [Int]
  }

  @Test(
    "patterns, platforms, runenvs and exclusions select",
    arguments: [
      Example(patterns: ["python-3.13.5"], expected: [2, 3, 4]),
      Example(patterns: ["python-3.13*@linux-*"], expected: [2, 3, 5]),
      Example(patterns: ["*@{windows,macosx}-x64"], expected: [1, 4, 6]),
      Example(patterns: ["python-{3.11*,*-science}"], expected: [0, 1, 5, 6]),
      Example(patterns: ["python-3.11.2@linux-x64", "*science@win*"], expected: [0, 6]),
      Example(exclude: ["*-science"], expected: [0, 1, 2, 3, 4]),
      Example(patterns: ["!*@windows-*"], expected: [0, 2, 3, 4, 5]),
      Example(patterns: ["*", "!*-science"], exclude: ["*@*-aarch64"], expected: [0, 1, 2, 4]),
      Example(platforms: ["linux-x64"], expected: [0, 2, 5]),
      Example(platforms: ["linux-x64"], runenvs: ["python-3.13*"], expected: [2, 5]),
      Example(patterns: ["python-3.1[13].[0-9]@linux-x64"], expected: [0, 2]),
      Example(patterns: ["python-3.1[!1].?"], expected: [2, 3, 4]),
      Example(expected: [0, 1, 2, 3, 4, 5, 6]),
    ])
  func selects(_ example: Example) throws {
    let cells = try Self.parsed()
    let selection = try Selection(
      patterns: example.patterns, exclude: example.exclude, platforms: example.platforms,
      runenvs: example.runenvs)
    #expect(try selection.select(from: cells) == example.expected.map { cells[$0] })
  }

  @Test("nothing selected is an error that names the nearest runenv")
  func nothingSelected() throws {
    let selection = try Selection(patterns: ["python-3.13.5-sciense"])
    let cells = try Self.parsed()
    let error = #expect(throws: BuilderError.self) { try selection.select(from: cells) }
    #expect(error?.description == "no cell is selected by 'python-3.13.5-sciense'")
    #expect(error?.hint == "did you mean 'python-3.13.5-science'?")
  }

  @Test("a pattern that matches, but is excluded again, is no misspelling")
  func excludedAgain() throws {
    let selection = try Selection(patterns: ["python-3.13.5"], exclude: ["*"])
    let cells = try Self.parsed()
    let error = #expect(throws: BuilderError.self) { try selection.select(from: cells) }
    #expect(error?.hint == "'ppp plan' lists the cells")
  }

  @Test(
    "a malformed pattern is refused",
    arguments: ["", "!", "a{b", "[a", "[z-a]", "{a,b", String(repeating: "{a,b}", count: 11)])
  func malformed(pattern: String) {
    #expect(throws: ParseError.self) { try Selection(patterns: [pattern]) }
  }

  @Test("an unknown platform is refused")
  func unknownPlatform() {
    #expect(throws: ParseError.self) { try Selection(platforms: ["linux-x86"]) }
  }

  @Test("many stars take no exponential time", .timeLimit(.minutes(1)))
  func manyStars() throws {
    let pattern = try CellPattern(parsing: String(repeating: "*a", count: 60) + "b")
    #expect(!pattern.matches(CellID(runenv: String(repeating: "a", count: 300), platform: .linuxX64)))
  }

  @Test(
    "brackets, escapes and braces mean what fnmatch says",
    arguments: [
      (#"a\*b"#, "a*b", true), (#"a\*b"#, "axb", false), ("[]x]", "]", true), ("[!]x]", "]", false),
      ("[a-]", "-", true), ("a{,b}c", "ac", true), ("a{b{1,2},c}d", "ab2d", true), ("[{]", "{", true),
      (#"\{a"#, "{a", true), ("?", "é", true), ("x**", "x", true), ("a?", "a", false),
    ])
  func globs(pattern: String, text: String, expected: Bool) throws {
    #expect(
      try CellPattern(parsing: pattern).matches(CellID(runenv: text, platform: .linuxX64)) == expected)
  }
}
