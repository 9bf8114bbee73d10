import Model
import SystemPackage
import Testing

@testable import Verify

@Suite struct PrecompilationTests {
  @Test("an interpreter of the same release compiles, and one of another is left alone", arguments: [5, 6])
  func release(patch: Int) async throws {
    let log = try await compile(PythonVersion(3, 13, patch)) { $0 }
    #expect(log == (patch == 5 ? "-I -m compileall -q -j 3 -x /tests?/ DIRECTORY/lib\n" : ""))
  }

  @Test("no interpreter, or one that cannot be had, is no failure")
  func noInterpreter() async throws {
    let python = PythonVersion(3, 13, 5)
    #expect(try await compile(python) { _ in nil } == "")
    #expect(try await compile(python) { _ in throw ParseError(expected: "x", text: "y") } == "")
    #expect(try await compile(python) { $0.appending("missing") } == "")
  }

  /// Compiles with what `find` makes of an interpreter of 3.13.5, and returns what that was run with.
  private func compile(
    _ python: PythonVersion, _ find: @escaping @Sendable (FilePath) throws -> FilePath?
  ) async throws -> String {
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let interpreter = directory.appending("python")
      let script = #"""
        #!/bin/sh
        if [ "$2" = -c ]; then echo '{"version": "3.13.5", "prefix": "", "path": [], "machine": ""}'; exit; fi
        echo "$@" > log
        exit 1
        """#
      try writeAtomically(Array(script.utf8), to: interpreter, permissions: [.ownerReadWriteExecute])
      let compilation = Precompilation(
        compiler: { _ in try find(interpreter) }, python: python, width: 3, timeout: .seconds(60))
      try await compilation.run(in: directory.appending("lib"), home: directory)
      let log = directory.appending("log")
      guard FileStatus(of: log) != nil else { return "" }
      return String(decoding: try readFile(log), as: UTF8.self).replacing(directory.string, with: "DIRECTORY")
    }
  }
}
