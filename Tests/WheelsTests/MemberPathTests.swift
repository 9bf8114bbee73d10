import Testing

@testable import Wheels

struct MemberPathTests {
  @Test(
    "ordinary names are fine everywhere",
    arguments: ["a", "a/b.py", "é/ü ñ.txt", "a..b/...c", "con_/auxiliary.py"])
  func ordinary(path: String) {
    #expect(objection(toPath: path, onWindows: true) == nil)
  }

  @Test(
    "names that escape, or that systems read differently, are refused everywhere",
    arguments: ["", "/a", "../a", "a/../b", "a//b", "./a", "a/", "a\\b", "C:a", "c:/a", "a\0b", "a\nb"])
  func unsafe(path: String) {
    #expect(objection(toPath: path, onWindows: false) != nil)
  }

  @Test(
    "what Windows keeps to itself is refused there only",
    arguments: [
      "CON", "a/aux.py", "nul.tar.gz", "Com1", "lpt9.x", "a.", "a ", "b/a?.py", "x:y/z".uppercased() + "*",
      "a|b",
    ])
  func windows(path: String) {
    #expect(objection(toPath: path, onWindows: true) != nil)
  }

  @Test("a name on Linux may be a device on Windows")
  func linux() {
    #expect(objection(toPath: "pkg/aux.py", onWindows: false) == nil)
  }
}
