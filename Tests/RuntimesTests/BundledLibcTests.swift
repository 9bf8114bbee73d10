import Model
import Processes
import SystemPackage
import Testing

@testable import Runtimes

/// The script that starts Python with its own C library, with scripts in place of both.
@Suite struct BundledLibcTests {
  /// Assembles a fake interpreter, and gives its place, whose path has a space and a letter that is not ASCII.
  private func withInterpreter(_ body: (FilePath, FilePath) async throws -> Void) async throws {
    try await RuntimeWorkshop.with { directory in
      let spec = DebianProviderTests.spec(try FakeDebian().write(below: directory))
      try await body(try await RuntimeWorkshop(directory).unpack(spec), directory)
    }
  }

  /// What it says: its version, the name that it was started by, and where it really is.
  private func lines(_ command: Command) async throws -> [String] {
    try await run(checked: command).text.split(separator: "\n").map { String($0) }
  }

  @Test("by its path, without any environment")
  func plain() async throws {
    try await withInterpreter { place, _ in
      let said = try await lines(Command(place.appending("bin/python3.13")))
      #expect(said[1] == "\(place)/bin/python3.13")
      #expect(said[2] == "\(place)/bin/../bin/.python3.13.real" || said[2] == "\(place)/bin/.python3.13.real")
    }
  }

  @Test("by a relative name, from another directory")
  func relative() async throws {
    try await withInterpreter { place, _ in
      let said = try await lines(
        Command(
          "/bin/sh", ["-c", "lib/../bin/python3"], environment: ["PATH": "/bin"], workingDirectory: place))
      #expect(said[1] == "lib/../bin/python3")
      #expect(said[2].hasPrefix("\(place)/"))
    }
  }

  @Test("through a link from elsewhere, as from a virtual environment")
  func link() async throws {
    try await withInterpreter { place, directory in
      let tree = RuntimeTree(root: directory.appending("v e"))
      try tree.link("bin/python", to: "\(place)/bin/python3")
      let said = try await lines(Command(tree.path("bin/python")))
      #expect(said[1] == "\(tree.root)/bin/python")
      #expect(said[2] == "\(place)/bin/.python3.13.real")
    }
  }

  @Test("as a copy in a virtual environment, by the home that its configuration names")
  func copy() async throws {
    try await withInterpreter { place, directory in
      let tree = RuntimeTree(root: directory.appending("v e"))
      try tree.write("bin/python", try readFile(place.appending("bin/python3.13")), executable: true)
      try tree.write("pyvenv.cfg", Array("version = 3.13.5\nhome = \(place)/bin\nprompt = x\n".utf8))
      let said = try await lines(Command(tree.path("bin/python")))
      #expect(said[1] == "\(tree.root)/bin/python")
      #expect(said[2] == "\(place)/bin/.python3.13.real")
    }
  }
}
