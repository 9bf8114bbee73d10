package import Artifacts
import Model
import Processes
package import SystemPackage

/// What makes native code of Python code for this machine's platform: Cython, a C compiler and Python's headers.
package struct NativeTools: Sendable {
  let interpreter: CompilingInterpreter
  let compiler: FilePath
  /// As the compiler names itself, `cc (Debian 12.2.0-14) 12.2.0`.
  let compilerVersion: String
  /// Cython's wheel.
  let cython: StoredArtifact
  /// Where Python.h is.
  let headers: FilePath
  /// As `.cpython-313-x86_64-linux-gnu.so`.
  let suffix: String

  private static let code = """
    import sysconfig, importlib.machinery
    print(sysconfig.get_paths()["include"])
    print(importlib.machinery.EXTENSION_SUFFIXES[0])
    """

  /// Asks compiler and interpreter what they are.
  ///
  /// - Throws: `LevelError.noHeaders` when the interpreter has none, `.noCompiler` when the compiler doesn't start.
  package init(
    interpreter: CompilingInterpreter, compiler: FilePath, cython: StoredArtifact
  ) async throws {
    let environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
    let answer = try await run(
      Command(interpreter.program, ["-I", "-c", Self.code], environment: environment, timeout: .seconds(60)))
    let lines = answer.text.split(whereSeparator: \.isNewline).map(String.init)
    guard answer.succeeded, lines.count == 2,
      FileStatus(of: FilePath(lines[0]).appending("Python.h")) != nil
    else { throw LevelError.noHeaders(interpreter.program.string, version: interpreter.version) }
    let version = try await run(
      Command(compiler, ["--version"], environment: environment, timeout: .seconds(60)))
    guard version.succeeded, let line = version.text.split(whereSeparator: \.isNewline).first else {
      throw LevelError.noCompiler
    }
    self.interpreter = interpreter
    self.compiler = compiler
    self.cython = cython
    headers = FilePath(lines[0])
    suffix = lines[1]
    compilerVersion = String(line)
  }

  /// What decides the bytes that they make.
  var identity: String { "\(cython.digest) \(compilerVersion)" }
}
