import TOMLFiles
import Testing

private enum FileProblem: TOMLProblem {
  case notTOML(file: String, line: Int, column: Int, reason: String)
  case badValue(file: String, line: Int, key: String, problem: String)
}

@Suite struct TOMLValueTests {
  private func value(_ text: String) throws -> TOMLValue {
    try TOMLValue.parse(text, file: "a.toml", as: FileProblem.self)
  }

  @Test(
    "two spellings of the same are equal",
    arguments: [
      ("a.b = 1", "[a]\nb = 0x1 # one"), ("x = ['a', \"b\"]", "x = [\n  \"a\",\n  \"\\u0062\",\n]"),
      ("t = {x = true}", "[t]\nx = true"), ("d = 2020-01-02T03:04:05Z", "d = 2020-01-02 03:04:05Z"),
    ])
  func equal(left: String, right: String) throws {
    #expect(try value(left) == value(right))
  }

  @Test(
    "values of different kinds or content are not",
    arguments: [
      ("a = 1", "a = 1.0"), ("a = 1", "a = '1'"), ("a = true", "a = 'true'"), ("a = [1, 2]", "a = [2, 1]"),
      ("d = 2020-01-02", "d = 2020-01-03"), ("d = 2020-01-02T03:04:05Z", "d = 2020-01-02T03:04:05"),
      ("d = 2020-01-02", "d = '2020-01-02'"),
    ])
  func different(left: String, right: String) throws {
    #expect(try value(left) != value(right))
  }
}
