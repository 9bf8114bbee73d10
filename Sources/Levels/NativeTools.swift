package import Artifacts
import Model
import Processes
import SystemPackage
package import Toolchains

/// What makes native code of Python code for a platform: Cython, a C compiler and Python's headers.
package struct NativeTools: Sendable {
  /// Runs Cython; a Python of this machine.
  let interpreter: CompilingInterpreter
  let toolchain: Toolchain
  /// Cython's wheel.
  let cython: StoredArtifact
  /// Where Python.h is.
  let headers: FilePath
  /// As `.cpython-313-x86_64-linux-gnu.so`.
  let suffix: String
  /// The Python that the modules are for, where that is not `interpreter`.
  let target: CrossPython?

  private static let code = """
    import sysconfig, importlib.machinery
    print(sysconfig.get_paths()["include"])
    print(importlib.machinery.EXTENSION_SUFFIXES[0])
    """

  /// For this machine's platform: asks the interpreter, whose headers serve, what its modules are called.
  ///
  /// - Throws: `LevelError.noHeaders` when the interpreter has none.
  package init(
    interpreter: CompilingInterpreter, toolchain: Toolchain, cython: StoredArtifact
  ) async throws {
    let environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
    let answer = try await run(
      Command(interpreter.program, ["-I", "-c", Self.code], environment: environment, timeout: .seconds(60)))
    let lines = answer.text.split(whereSeparator: \.isNewline).map(String.init)
    guard answer.succeeded, lines.count == 2,
      FileStatus(of: FilePath(lines[0]).appending("Python.h")) != nil
    else { throw LevelError.noHeaders(interpreter.program.string, version: interpreter.version) }
    self.interpreter = interpreter
    self.toolchain = toolchain
    self.cython = cython
    headers = FilePath(lines[0])
    suffix = lines[1]
    target = nil
  }

  /// For another platform, whose Python has brought its headers.
  package init(
    interpreter: CompilingInterpreter, toolchain: Toolchain, target: CrossPython, cython: StoredArtifact
  ) {
    self.interpreter = interpreter
    self.toolchain = toolchain
    self.cython = cython
    headers = target.include
    suffix = target.extensionSuffix
    self.target = target
  }

  /// What decides the bytes that they make.
  var identity: String {
    let python = target.map { " for \($0.version)" } ?? ""
    return "\(cython.digest) \(toolchain.identity) \(suffix)\(python)"
  }
}
