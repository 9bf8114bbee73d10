import Model
import Processes
import SystemPackage

/// Compiles an environment's modules before an emulator imports them, which takes it many times as long.
///
/// Compiled modules are the same on every platform, for one release of Python. An interpreter of another release, or
/// none, changes nothing but the time that the imports take; so does a module that does not compile.
struct Precompilation: Sendable {
  let compiler: Verifier.Compiler
  let python: PythonVersion
  let width: Int
  let timeout: Duration

  /// Compiles what is below `directory`, but for tests, which nobody imports here.
  ///
  /// - Throws: `CancellationError`.
  func run(in directory: FilePath, home: FilePath) async throws {
    do {
      guard let interpreter = try await compiler(python) else { return }
      let probe = InterpreterProbe(
        try await Processes.run(command(interpreter, ["-c", InterpreterProbe.code], home)))
      guard probe?.version == python.description else { return }
      let options = ["-m", "compileall", "-q", "-j", String(width), "-x", "/tests?/", directory.string]
      _ = try await Processes.run(command(interpreter, options, home))
    } catch {
      // The imports compile for themselves what is not compiled.
      try Task.checkCancellation()
    }
  }

  private func command(_ interpreter: FilePath, _ arguments: [String], _ home: FilePath) -> Command {
    Command(
      interpreter, ["-I"] + arguments,
      environment: ["PATH": "/usr/bin:/bin", "HOME": home.string, "TMPDIR": home.string, "LANG": "C.UTF-8"],
      workingDirectory: home, timeout: timeout, outputLimit: 64 << 10, overflow: .keepEnds)
  }
}
