import Model
import Subprocess
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Runs a program to its end, in a session of its own.
///
/// A program that fails is a result, not an error. When the command's time is up, or the surrounding task is
/// cancelled, the program and everything it started (its process group) get SIGTERM, and SIGKILL two seconds
/// later. What the program left running when it ended by itself is left alone, unless the command says otherwise.
///
/// - Throws: `ProcessError` when it cannot start or says too much, `CancellationError`, `FileError` when its
///   input has no place.
package func run(_ command: Command) async throws -> ProcessResult {
  let input = try standardInput(command.input)
  do {
    let result = try await start(command, input: input)
    try input.close()
    return result
  } catch {
    // The run's error matters more than one from closing a file that was only read.
    try? input.close()
    throw error
  }
}

/// Runs a program that has to succeed.
///
/// - Throws: as `run(_:)`, and `ProcessError.failed` for any other end than status 0.
package func run(checked command: Command) async throws -> ProcessResult {
  let result = try await run(command)
  guard result.succeeded else { throw ProcessError.failed(command.executable, result) }
  return result
}

private let grace = Duration.seconds(2)

private func start(_ command: Command, input: FileDescriptor) async throws -> ProcessResult {
  var options = PlatformOptions()
  options.createSession = true
  options.teardownSequence = [
    .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: grace)
  ]
  let environment = command.environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
  do {
    let result = try await Subprocess.run(
      .path(command.executable), arguments: Arguments(command.arguments),
      environment: .custom(Dictionary(uniqueKeysWithValues: environment)),
      workingDirectory: command.workingDirectory, platformOptions: options,
      input: .fileDescriptor(input, closeAfterSpawningProcess: false), output: .sequence, error: .sequence
    ) { execution in
      try await Supervision(execution: execution, command: command).watch()
    }
    try Task.checkCancellation()
    let (ending, output, errorOutput) = result.closureResult
    guard ending != .tooMuchOutput || command.overflow == .end else {
      throw ProcessError.tooMuchOutput(command.executable, limit: command.outputLimit)
    }
    return ProcessResult(
      status: ProcessResult.Status(result.terminationStatus), output: output, errorOutput: errorOutput,
      timedOut: ending == .timedOut, isOutgrown: ending == .tooMuchOutput)
  } catch let error as SubprocessError {
    try Task.checkCancellation()
    throw ProcessError(error, command)
  }
}

/// Reads what a running program says and ends it when it has to end.
private struct Supervision {
  typealias RunningProgram = Execution<FileDescriptorInput, SequenceOutput, SequenceOutput>

  enum Ending: Sendable {
    case byItself
    case timedOut
    case tooMuchOutput
  }

  private enum Report: Sendable {
    case output(OutputBuffer)
    case errorOutput(OutputBuffer)
    case ended(timedOut: Bool)
  }

  let execution: RunningProgram
  let command: Command

  /// Returns once the program has ended and its output is read.
  func watch() async throws -> (Ending, output: [UInt8], errorOutput: [UInt8]) {
    try await withThrowingTaskGroup(of: Report.self) { group in
      group.addTask {
        .output(try await read(execution.standardOutput, stopping: command.overflow != .keepEnds))
      }
      group.addTask {
        .errorOutput(try await read(execution.standardError, stopping: command.overflow == .end))
      }
      group.addTask { .ended(timedOut: await waitForEnd()) }
      var ending = Ending.byItself
      var (output, errorOutput) = (OutputBuffer(limit: 0), OutputBuffer(limit: 0))
      for try await report in group {
        switch report {
        case .output(let buffer): output = buffer
        case .errorOutput(let buffer): errorOutput = buffer
        case .ended(let timedOut):
          if timedOut { ending = .timedOut }
          // It is not reaped yet, so the group's number is still its own; readers wait for whoever holds the output.
          if command.leavesNothing { kill(-execution.processIdentifier.value, SIGKILL) }
        }
      }
      let isOutgrown =
        switch command.overflow {
        case .fail: output.isOverflowing
        case .keepEnds: false
        case .end: output.isOverflowing || errorOutput.isOverflowing
        }
      if isOutgrown { ending = .tooMuchOutput }
      // The program has ended but is not reaped yet, so its process group's number is still its own.
      if ending != .byItself || Task.isCancelled { kill(-execution.processIdentifier.value, SIGKILL) }
      return (ending, output.bytes, errorOutput.bytes)
    }
  }

  /// Waits for the program to end, and ends it when its time is up; the result says whether that was so.
  ///
  /// The null signal makes the first step a mere wait. Cancelling is seen to by the run's own teardown.
  private func waitForEnd() async -> Bool {
    let start = ContinuousClock.now
    let allowed = command.timeout ?? .seconds(365 * 86_400)
    await execution.teardown(using: [
      .send(signal: Signal(rawValue: 0), toProcessGroup: true, allowedDurationToNextStep: allowed),
      .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: grace),
    ])
    return ContinuousClock.now - start >= allowed
  }

  private func read(_ stream: SubprocessOutputSequence, stopping: Bool) async throws -> OutputBuffer {
    var buffer = OutputBuffer(limit: command.outputLimit)
    for try await part in stream {
      part.withUnsafeBytes { buffer.append($0) }
      guard stopping, buffer.isOverflowing else { continue }
      await execution.teardown(using: [
        .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)
      ])
      break
    }
    return buffer
  }
}

extension ProcessResult.Status {
  fileprivate init(_ status: TerminationStatus) {
    self =
      switch status {
      case .exited(let code): .exited(code)
      case .signaled(let signal): .signalled(signal)
      }
  }
}

extension ProcessError {
  fileprivate init(_ error: SubprocessError, _ command: Command) {
    switch error.code {
    case .executableNotFound:
      self = .cannotStart(command.executable, reason: "there is no such program, or it may not be run")
    case .failedToChangeWorkingDirectory:
      let directory = command.workingDirectory?.string ?? "."
      self = .cannotStart(
        command.executable, reason: "its working directory '\(directory)' cannot be entered")
    case .spawnFailed:
      self = .cannotStart(
        command.executable, reason: error.underlyingError.map { "\($0)" } ?? "\(error)")
    default:
      self = .lost(command.executable, reason: "\(error)")
    }
  }
}
