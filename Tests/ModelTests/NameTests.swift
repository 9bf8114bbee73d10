import Model
import Testing

@Suite("Names of things")
struct NameTests {
  @Test("a platform's name reads back, a wrong one has a hint")
  func platform() throws {
    for platform in Platform.all { #expect(try Platform(parsing: platform.description) == platform) }
    #expect(Platform.all.sorted() == Platform.all)
    #expect(throws: ParseError(expected: "platform", text: "linux-x86", hint: "did you mean 'linux-x64'?")) {
      try Platform(parsing: "linux-x86")
    }
    let error = #expect(throws: ParseError.self) { try Platform(parsing: "solaris") }
    #expect(error?.hint?.hasPrefix("the platforms are linux-x64, ") == true)
  }

  @Test("a Python version reads back", arguments: ["3.13.5", "3.14.0rc1", "3.9.0", "3.14.0a10"])
  func pythonVersion(text: String) throws {
    #expect(try PythonVersion(parsing: text).description == text)
  }

  @Test(
    "what is no full Python version is refused",
    arguments: [
      "", "3", "3.13", "3.13.5.1", "3.13.", "3.13.5-x", "3.13.5c1", "3.13.5rc", "3.13.5rc1234", "3.1３.5",
      "v3.1.1", "3.1111.1", " 3.1.1",
    ])
  func noPythonVersion(text: String) {
    #expect(throws: ParseError.self) { try PythonVersion(parsing: text) }
  }

  @Test("Python versions are ordered by number, prereleases before their release")
  func pythonVersionOrder() throws {
    let texts = ["3.9.20", "3.10.1", "3.14.0a2", "3.14.0a10", "3.14.0b1", "3.14.0rc1", "3.14.0", "3.14.1"]
    let versions = try texts.map { try PythonVersion(parsing: $0) }
    #expect(versions.reversed().sorted() == versions)
    #expect(versions[0].minorVersion == "3.9")
  }

  @Test(
    "a package's spellings are one name",
    arguments: [
      ("ImmuneBuilder", "immunebuilder"), ("fa2_modified", "fa2-modified"), ("A.-_b", "a-b"), ("x", "x"),
      ("7z", "7z"),
    ])
  func packageName(text: String, normalized: String) throws {
    let name = try PackageName(parsing: text)
    #expect(name.normalized == normalized)
    #expect(name.fileNameForm == normalized.replacing("-", with: "_"))
    #expect(try PackageName(parsing: name.description) == name)
  }

  @Test("what is no package name is refused", arguments: ["", "-a", "a-", "_", "a b", "é", "a/b", "a\0"])
  func noPackageName(text: String) {
    #expect(throws: ParseError.self) { try PackageName(parsing: text) }
  }

  @Test("a digest reads back with and without its prefix, in any case")
  func digest() throws {
    let digest = Digest(bytes: Array(repeating: 0xAB, count: 32))
    #expect(try Digest(parsing: digest.description) == digest)
    #expect(try Digest(parsing: digest.hex.uppercased()) == digest)
    #expect(digest.hex.hasPrefix("abab"))
    for text in [
      "", "sha256:", String(repeating: "a", count: 63), String(repeating: "g", count: 64),
      "md5:" + digest.hex,
    ] {
      #expect(throws: ParseError.self) { try Digest(parsing: text) }
    }
  }

  @Test("a cell's name reads back, and cells are ordered by runenv, then platform")
  func cell() throws {
    let cell = CellID(runenv: "python-3.13.5-science", platform: .macOSAArch64)
    #expect(cell.description == "python-3.13.5-science@macosx-aarch64")
    #expect(try CellID(parsing: cell.description) == cell)
    #expect(CellID(runenv: "a", platform: .linuxX64) < CellID(runenv: "a", platform: .linuxAArch64))
    for text in ["", "a", "@linux-x64", "a@b@linux-x64", "a@linux"] {
      #expect(throws: ParseError.self) { try CellID(parsing: text) }
    }
  }

  @Test("a floor reads back, is ordered by number, and Windows has none")
  func floor() throws {
    #expect(try PlatformFloor(parsing: "2.28").description == "2.28")
    #expect(PlatformFloor(2, 9) < PlatformFloor(2, 28))
    #expect(PlatformFloor.standard(for: .windowsX64) == nil)
    for text in ["", "2", "2.", "2.28.1", "-1.0", "a.b"] {
      #expect(throws: ParseError.self) { try PlatformFloor(parsing: text) }
    }
  }

  @Test("a very long text is cut in the message about it")
  func longText() {
    let error = #expect(throws: ParseError.self) {
      try PackageName(parsing: String(repeating: "é", count: 100_000))
    }
    #expect((error?.description.count ?? 0) < 250)
  }

  @Test(
    "the nearest word is found within a third of the length, or not at all",
    arguments: [
      ("runtimes", "runtime"), ("RUNTIME", "runtime"), ("biuld", "build"), ("packges", "packages"),
      ("xyz", nil), ("", nil),
    ])
  func nearestWord(word: String, expected: String?) {
    #expect(nearest(to: word, in: ["packages", "build", "runtime", "verify"]) == expected)
  }
}
