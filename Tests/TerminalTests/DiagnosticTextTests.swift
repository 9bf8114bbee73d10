import Model
import Terminal
import Testing

@Suite struct DiagnosticTextTests {
  private let position = SourcePosition(file: "shared-config.json", line: 2, column: 3)

  @Test func `an error has its position in front and its hint below`() {
    let diagnostic = Diagnostic(
      .error, "unknown key 'runtimes'", at: position, hint: "did you mean 'runtime'?")
    let expected = """
      shared-config.json:2:3: error: unknown key 'runtimes'
        hint: did you mean 'runtime'?

      """
    #expect(render(diagnostic) == expected)
  }

  @Test func `without position and hint it is one line`() {
    #expect(render(Diagnostic(.warning, "nothing to do")) == "warning: nothing to do\n")
  }

  @Test func `the source line is shown with a caret under the column`() {
    let source = "{\n  \"runtimes\": {}\n}\n"
    let expected = """
      shared-config.json:2:3: error: unknown key
          "runtimes": {}
          ^

      """
    #expect(render(Diagnostic(.error, "unknown key", at: position), source: source) == expected)
  }

  @Test func `the caret counts wide characters and tabs as they are drawn`() {
    let source = "\t数据: x"
    let position = SourcePosition(file: "a.yaml", line: 1, column: 6)
    let lines = render(Diagnostic(.error, "bad", at: position), source: source).split(separator: "\n")
    #expect(lines.dropFirst() == ["    数据: x", "          ^"])
  }

  @Test func `of a long line what is around the column is shown`() {
    let source = String(repeating: "x", count: 5_000) + "HERE" + String(repeating: "y", count: 5_000)
    let position = SourcePosition(file: "a.json", line: 1, column: 5_001)
    let lines = render(Diagnostic(.error, "bad", at: position), source: source).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count < 120 })
    let caret = lines[2].firstIndex(of: "^").map { lines[2].distance(from: lines[2].startIndex, to: $0) }
    #expect(lines[1].dropFirst(caret ?? 0).hasPrefix("HERE"))
  }

  @Test(arguments: [0, 9, 1_000])
  func `a position outside the source shows no line`(line: Int) {
    let position = SourcePosition(file: "a.json", line: line, column: 1)
    #expect(render(Diagnostic(.error, "bad", at: position), source: "{}") == "a.json:\(line):1: error: bad\n")
  }

  @Test func `a column behind the end of the line is pointed at there`() {
    let position = SourcePosition(file: "a.json", line: 1, column: 80)
    #expect(render(Diagnostic(.error, "bad", at: position), source: "{}").hasSuffix("    {}\n      ^\n"))
  }

  @Test func `further lines of a message are indented, and escape sequences shown`() {
    #expect(render(Diagnostic(.error, "a\nb\u{1b}[0m")) == "error: a\n    b\\u{1B}[0m\n")
  }

  @Test func `colours are added on request only`() {
    let text = render(Diagnostic(.error, "bad", hint: "h"), colored: true)
    #expect(text == "\u{1b}[1;31merror:\u{1b}[0m bad\n  \u{1b}[36mhint:\u{1b}[0m h\n")
  }
}
