package import Model
import Processes
package import SystemPackage

/// A Python of this machine that makes byte code for environments of its minor version.
///
/// Byte code is the same on every platform, so it serves foreign ones too.
package struct CompilingInterpreter: Sendable, Hashable {
  package let program: FilePath
  /// `3.13.5`; releases of one minor version read each other's byte code, but need not make the same.
  package let version: String
  /// `cpython-313`, as in `__pycache__/x.cpython-313.pyc`.
  package let cacheTag: String

  private static let code = """
    import sys
    print(sys.implementation.name, "%d.%d.%d" % sys.version_info[:3], sys.version_info[3], sys.implementation.cache_tag)
    """

  /// Asks the program what it is.
  ///
  /// - Throws: `LevelError.unfitInterpreter` for anything but a released CPython of the minor version.
  package init(_ program: FilePath, for python: PythonVersion) async throws {
    let result = try await run(
      Command(
        program, ["-I", "-c", Self.code], environment: ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"],
        timeout: .seconds(60)))
    let words = result.text.split(whereSeparator: \.isWhitespace).map(String.init)
    guard result.succeeded, words.count == 4, words[0] == "cpython", words[2] == "final",
      words[1].hasPrefix(python.minorVersion + ".")
    else {
      let answer = words.isEmpty ? result.tail(lines: 1) : words.joined(separator: " ")
      throw LevelError.unfitInterpreter(program.string, python, answer: answer)
    }
    self.program = program
    version = words[1]
    cacheTag = words[3]
  }
}
