import Model
import Testing

@Suite("Module names") struct ModuleNameTests {
  @Test(
    "a name is lower-case words with hyphens or underscores between, and knows what Python imports",
    arguments: [("etl", "etl"), ("demand-classes", "demand_classes"), ("a1_b2-c3", "a1_b2_c3")])
  func sound(text: String, importName: String) throws {
    let name = try ModuleName(parsing: text)
    #expect(name.description == text)
    #expect(name.importName == importName)
  }

  @Test("two spellings of one package are one name")
  func spellings() throws {
    #expect(try ModuleName(parsing: "demand-classes") == ModuleName(parsing: "demand_classes"))
    #expect(try Set([ModuleName(parsing: "a-b"), ModuleName(parsing: "a_b")]).count == 1)
  }

  @Test(
    "a text that is no name is refused",
    arguments: [
      "", "-", "-a", "a-", "a--b", "a-_b", "1a", "a.b", "a/b", "..", "a b", "é", "a\u{0}", "@", "a@1",
      String(repeating: "a", count: 65),
    ])
  func malformed(text: String) {
    let error = #expect(throws: ParseError.self) { try ModuleName(parsing: text) }
    #expect(error?.expected == "module name")
  }

  @Test("capitals are told apart from other faults")
  func capitals() {
    let error = #expect(throws: ParseError.self) { try ModuleName(parsing: "Demand-Classes") }
    #expect(error?.hint == "write it in lower case: demand-classes")
  }

  @Test(
    "names that mean something else are refused with the reason",
    arguments: [
      ("class", "it is a Python keyword; choose another"), ("true", "it is a Python keyword; choose another"),
      ("json", "Python's standard library has a module of that name; choose another"),
      ("py-compile", "Python's standard library has a module of that name; choose another"),
      ("annotationlib", "Python's standard library has a module of that name; choose another"),
      ("distutils", "Python's standard library has a module of that name; choose another"),
      ("build", "it is a command of ppp; choose another"),
      ("tests", "it is the name of a directory that modules have; choose another"),
    ])
  func reserved(text: String, hint: String) {
    let error = #expect(throws: ParseError.self) { try ModuleName(parsing: text) }
    #expect(error?.hint == hint)
    #expect(error?.description == "'\(text)' is not a name for a module")
  }

  @Test(
    "soft keywords and names that only start like others are fine", arguments: ["match", "json5", "type"])
  func fine(text: String) throws { _ = try ModuleName(parsing: text) }
}
