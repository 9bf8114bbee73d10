import Model
import Processes
import SystemPackage

extension ProjectUV {
  /// Locks the workspace when one of the modules is in it; they can be prepared side by side afterwards.
  ///
  /// - Throws: `ProjectsError.uvFailed`, and what running throws.
  func lockWorkspace(of modules: [ProjectModule]) async throws {
    guard modules.contains(where: \.isMember) else { return }
    try await perform(lock(), "lock the workspace '\(repository.root)'")
  }

  /// Runs a command of uv's that has to succeed; returns what it said.
  @discardableResult
  func perform(_ command: Command, _ task: String) async throws -> String {
    let result = try await Processes.run(command)
    guard result.succeeded else {
      throw ProjectsError.uvFailed(task: task, output: result.tail(lines: 20))
    }
    return result.errorText
  }
}
