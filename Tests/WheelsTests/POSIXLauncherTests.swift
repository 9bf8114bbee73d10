import Layers
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import Wheels

#if canImport(Glibc)
import Glibc
#endif

/// The launchers, started by the real shell with a real Python.
@Suite(.enabled(if: HostPython.path != nil, "there is no python3 on PATH"))
struct POSIXLauncherTests {
  @Test("a command starts the Python beside it, with its arguments and its exit code")
  func beside() async throws {
    try await Bench.with(pythonBeside: true) { bench in
      let result = try await bench.run(bench.bin.appending("demo"), ["a b", "é", "$x'\""])
      #expect(result.lines == [bench.pythonBeside.string, "a b", "é", "$x'\""])
      #expect(result.status == .exited(3))
    }
  }

  @Test(
    "links to a command, relative, absolute and in a row, and a link to its directory find the same Python")
  func links() async throws {
    try await Bench.with(pythonBeside: true) { bench in
      let elsewhere = bench.root.appending("other place")
      try makeDirectory(elsewhere)
      try link(elsewhere.appending("absolute"), to: bench.bin.appending("demo").string)
      try link(elsewhere.appending("relative"), to: "../\(bench.prefix.lastComponent?.string ?? "")/bin/demo")
      try link(elsewhere.appending("chain"), to: "relative")
      try link(elsewhere.appending("directory"), to: bench.bin.string)
      for name in ["absolute", "relative", "chain", "directory/demo"] {
        let result = try await bench.run(elsewhere.appending(name), ["x"])
        #expect(result.lines == [bench.pythonBeside.string, "x"], "\(name): \(result.errors)")
      }
    }
  }

  @Test("a command that the shell reads, without a slash in its name, starts too")
  func plainName() async throws {
    try await Bench.with(pythonBeside: true) { bench in
      let result = try await bench.run("/bin/sh", ["demo", "x"], in: bench.bin)
      #expect(result.lines == [bench.pythonBeside.string, "x"], "\(result.errors)")
    }
  }

  @Test(
    "without a Python beside it, a command uses PPP_PYTHON with the environment's packages",
    arguments: ["demo", "tool"])
  func external(name: String) async throws {
    try await Bench.with(pythonBeside: false) { bench in
      let python = try #require(HostPython.path)
      let elsewhere = bench.root.appending("elsewhere")
      try makeDirectory(elsewhere)
      try link(elsewhere.appending("command"), to: bench.bin.appending(name).string)
      let result = try await bench.run(
        elsewhere.appending("command"), ["x", "y z"], in: elsewhere,
        environment: ["PPP_PYTHON": python.string])
      #expect(result.lines.suffix(2) == ["x", "y z"], "\(result.errors)")
      #expect(result.status == .exited(3))
    }
  }

  @Test("a package's own script starts the Python beside it and may import from __future__")
  func ownScript() async throws {
    try await Bench.with(pythonBeside: true) { bench in
      let result = try await bench.run(bench.bin.appending("tool"), ["x"])
      #expect(result.lines == [bench.pythonBeside.string, "x"], "\(result.errors)")
      #expect(result.status == .exited(3))
    }
  }

  @Test("without any Python a command says what to do", arguments: ["demo", "tool"])
  func nothing(name: String) async throws {
    try await Bench.with(pythonBeside: false) { bench in
      let missing = bench.root.appending("none").string
      let result = try await bench.run(bench.bin.appending(name), [], environment: ["PPP_PYTHON": missing])
      #expect(result.status == .exited(127))
      #expect(
        result.errors
          == "\(name): there is no Python beside it and no '\(missing)' to run; set PPP_PYTHON to one\n")
    }
  }

  @Test("a Python of another version is refused")
  func otherVersion() async throws {
    try await Bench.with(pythonBeside: false, minor: 2) { bench in
      let python = try #require(HostPython.path)
      let result = try await bench.run(
        bench.bin.appending("demo"), [], environment: ["PPP_PYTHON": python.string])
      #expect(result.status == .exited(1))
      #expect(result.errors.hasPrefix("this needs Python 3.2, which "))
    }
  }
}

/// An installed package with a command and a script, below a path with a space and a non-ASCII letter.
private struct Bench {
  struct Result {
    let lines: [String]
    let errors: String
    let status: ProcessResult.Status
  }

  let root: FilePath
  let prefix: FilePath
  let pythonBeside: FilePath
  var bin: FilePath { prefix.appending("bin") }

  static func with(pythonBeside: Bool, minor: Int? = nil, _ body: (Bench) async throws -> Void) async throws {
    let source = """
      import sys
      def main():
          print(sys.executable, *sys.argv[1:], sep="\\n")
          return 3

      """
    let script = """
      #!python -u
      # -*- coding: utf-8 -*-
      \"\"\"a tool\"\"\"
      from __future__ import annotations
      import demo
      import sys
      if __name__ == "__main__":
          assert __doc__ == "a tool"
          sys.exit(demo.main())

      """
    var wheel = WheelMaker(
      name: "demo", version: "1", files: ["demo/__init__.py": source, "demo-1.data/scripts/tool": script])
    wheel.entryPoints = ["console_scripts": ["demo = demo:main"]]
    let minor = minor ?? HostPython.minor
    try await InstallWorkshop.with { shop in
      let layer = try await shop.install(wheel, scheme: InstallWorkshop.scheme(minor: minor))
      let prefix = try await shop.unpack(layer, to: "prefix ü")
      let python = prefix.appending("bin/python3.\(minor)")
      if pythonBeside, let host = HostPython.path {
        // With this file a linked Python takes the environment for its own, as a real one does without.
        let home = "home = \(host.removingLastComponent())\n"
        try writeAtomically(home.utf8, to: prefix.appending("pyvenv.cfg"))
        try link(python, to: host.string)
      }
      try await body(Bench(root: shop.directory, prefix: prefix, pythonBeside: python))
    }
  }

  func run(
    _ program: FilePath, _ arguments: [String], in directory: FilePath? = nil,
    environment: [String: String] = [:]
  ) async throws -> Result {
    let base = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
    let command = Command(
      program, arguments, environment: base.merging(environment) { $1 }, workingDirectory: directory,
      timeout: .seconds(60))
    let result = try await Processes.run(command)
    return Result(
      lines: result.text.split(separator: "\n").map(String.init), errors: result.errorText,
      status: result.status)
  }
}

/// The newest Python of this machine, if there is one.
private enum HostPython {
  private static let found: (path: FilePath, minor: Int)? = {
    for minor in stride(from: 20, through: 9, by: -1) {
      if let path = findExecutable("python3.\(minor)", in: "/usr/bin:/usr/local/bin") { return (path, minor) }
    }
    return nil
  }()

  static var path: FilePath? { found?.path }
  static var minor: Int { found?.minor ?? 0 }
}

private func link(_ path: FilePath, to target: String) throws {
  guard symlink(target, path.string) == 0 else { throw Errno(rawValue: errno) }
}
