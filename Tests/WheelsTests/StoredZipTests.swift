import Model
import Testing

@testable import Wheels

struct StoredZipTests {
  @Test("a zip is the same bytes always, and says what is in it")
  func bytes() {
    let zip = storedZip(name: "__main__.py", bytes: Array("print(1)\n".utf8))
    #expect(zip == storedZip(name: "__main__.py", bytes: Array("print(1)\n".utf8)))
    #expect(zip.count == 30 + 11 + 9 + 46 + 11 + 22)
    #expect(zip[14..<18].elementsEqual([0x6, 0x1e, 0xe1, 0x3c]))
  }

  @Test("a launcher is the executable, the interpreter's line and the zip")
  func launcher() {
    let launchers = WindowsLaunchers(console: Array("MZ-c".utf8), graphical: Array("MZ-g".utf8))
    let console = launchers.executable(running: [], isGraphical: false)
    #expect(console.starts(with: "MZ-c#!\"<launcher_dir>\\..\\python.exe\"\r\nPK\u{3}\u{4}".utf8))
    let graphical = launchers.executable(running: [], isGraphical: true)
    #expect(graphical.starts(with: "MZ-g#!\"<launcher_dir>\\..\\pythonw.exe\"\r\nPK\u{3}\u{4}".utf8))
  }
}
