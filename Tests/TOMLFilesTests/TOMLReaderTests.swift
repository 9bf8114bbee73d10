import TOMLFiles
import Testing

private enum FileProblem: TOMLProblem, Equatable {
  case notTOML(file: String, line: Int, column: Int, reason: String)
  case badValue(file: String, line: Int, key: String, problem: String)
}

@Suite struct TOMLReaderTests {
  private func read(_ text: String) throws -> TOMLReader<FileProblem> { try TOMLReader(text, file: "a.toml") }

  @Test("a value of the wrong kind is told with its key and the line of its table")
  func wrongKind() throws {
    let top = try read("x = 1\n\n[tool.ppp]\nname = 3\n")
    let table = try #require(try top.subtable("tool")?.subtable("ppp"))
    #expect(
      throws: FileProblem.badValue(
        file: "a.toml", line: 3, key: "tool.ppp.name", problem: "is not a string")
    ) { try table.string("name") }
  }

  @Test("an element of an array of tables is found by its number")
  func elements() throws {
    let elements = try read("[[a]]\nx = 1\n[[a]]\ny = 2\n[a.b]\nz = 3\n").subtables("a")
    #expect(elements.map(\.line) == [1, 3])
    #expect(try elements[1].subtable("b")?.line == 3)
  }

  @Test("a text that is not TOML is told with the place")
  func notTOML() throws {
    let error = #expect(throws: FileProblem.self) { try self.read("a = 1\nb = = 2\n") }
    guard case .notTOML("a.toml", 2, _, _) = error else {
      Issue.record("it is \(String(describing: error))")
      return
    }
  }
}
