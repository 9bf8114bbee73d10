import Processes
import SystemPackage

/// What a compiler prints when it is asked about itself; nil where it can't be started, or fails.
///
/// It is asked from `/`, where no project's settings are.
/// - Throws: `ProcessError.failed` where it does not answer in time: that of a busy machine is no missing one.
func answer(
  of compiler: FilePath, to arguments: [String], environment: [String: String]
) async throws -> String? {
  let command = Command(
    compiler, arguments, environment: environment, workingDirectory: "/", timeout: .seconds(120))
  let result: ProcessResult
  do {
    result = try await run(command)
  } catch is ProcessError {
    return nil
  }
  guard !result.timedOut else { throw ProcessError.failed(compiler, result) }
  return result.succeeded ? result.text : nil
}
