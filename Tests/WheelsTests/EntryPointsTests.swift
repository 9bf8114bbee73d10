import Testing

@testable import Wheels

struct EntryPointsTests {
  @Test("commands are read, other groups, comments and extras are passed over")
  func reading() throws {
    let text = """
      # comment
      [console_scripts]
        foo = pkg.mod:main
      bar-2.x=pkg:Class.run [extra, other]

      [pytest11]
      x = nonsense at all
      [gui_scripts]
      win = pkg.gui : start
      """
    let commands = try parse(text).commands
    #expect(
      commands == [
        EntryPoint(name: "foo", module: "pkg.mod", function: "main", isGraphical: false),
        EntryPoint(name: "bar-2.x", module: "pkg", function: "Class.run", isGraphical: false),
        EntryPoint(name: "win", module: "pkg.gui", function: "start", isGraphical: true),
      ])
    #expect(commands[1].importedName == "Class")
  }

  @Test(
    "names that leave the directory and references that are code are refused",
    arguments: [
      "../foo = a:b", "a/b = a:b", "a\\b = a:b", ".. = a:b", " = a:b", "a\u{7}b = a:b", "foo = a",
      "foo = a:b()",
      "foo = a:b;import os", "foo = a.:b", "foo", "foo = a:b\nfoo = c:d",
    ])
  func refusal(line: String) {
    #expect(throws: WheelError.self) { try parse("[console_scripts]\n\(line)\n") }
  }

  private func parse(_ text: String) throws -> EntryPoints {
    try EntryPoints(parsing: text, wheel: "w.whl", file: "entry_points.txt")
  }
}
