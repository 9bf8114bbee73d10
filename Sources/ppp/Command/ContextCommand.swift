import ArgumentParser
import Model

/// A command that does its work through a context, so that a test can give it one.
protocol ContextCommand: ParsableCommand, Sendable {
  /// Does the work; what it returns is what the process exits with.
  func run(_ context: CommandContext) async throws -> ExitStatus
}

/// What the process's exit code says.
enum ExitStatus: Int32, Sendable {
  case done = 0
  case failed = 1
  case configuration = 2
  case nothingSelected = 3
  case usage = 64
  case interrupted = 130
}

/// Runs a command; an error it throws is told on standard error and becomes the status.
func perform(_ command: any ContextCommand, in context: CommandContext) async -> ExitStatus {
  do {
    return try await command.run(context)
  } catch {
    // Whatever error work ends with once it is cancelled, being cancelled is why.
    guard error is CancellationError || Task.isCancelled else {
      context.report(error)
      return ExitStatus(for: error)
    }
    context.tell("ppp: interrupted; what was finished is kept, run the same command to go on")
    return .interrupted
  }
}
