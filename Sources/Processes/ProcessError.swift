import Model
package import SystemPackage

/// What can go wrong with running a program.
package enum ProcessError: UserFacingError, Equatable {
  /// The program, or the directory it was to start in, is missing or not usable.
  case cannotStart(FilePath, reason: String)
  /// It wrote more than the command's limit to standard output, and was killed.
  case tooMuchOutput(FilePath, limit: Int)
  /// It was started, but the system lost track of it.
  case lost(FilePath, reason: String)
  /// It ended with another status than 0, by a signal, or because its time was up: see `run(checked:)`.
  case failed(FilePath, ProcessResult)

  package var description: String {
    switch self {
    case .cannotStart(let path, let reason): "cannot start '\(path)': \(reason)"
    case .tooMuchOutput(let path, let limit): "'\(path)' wrote more than \(limit) bytes of output"
    case .lost(let path, let reason): "lost track of '\(path)': \(reason)"
    case .failed(let path, let result): Self.describe(path, result)
    }
  }

  private static func describe(_ path: FilePath, _ result: ProcessResult) -> String {
    let ending =
      switch result.status {
      case _ where result.timedOut: "did not end in time"
      case .exited(let code): "ended with status \(code)"
      case .signalled(let signal): "was ended by signal \(signal)"
      }
    let tail = result.tail()
    return "'\(path)' \(ending)" + (tail.isEmpty ? "" : ":\n\(tail)")
  }
}
