import Binaries
import Model
import Processes
import Synchronization
import SystemPackage

/// Runs an unpacked environment's interpreter, to see whether it starts and its imports work.
struct ImportVerifier: Sendable {
  let environment: UnpackedEnvironment
  let python: PythonVersion
  let platform: Platform
  let width: Int
  let timeout: Duration

  /// What every interpreter must have, and what breaks first when one is moved.
  static let standardLibrary = ["ssl", "sqlite3", "ctypes", "lzma", "bz2", "zlib"]

  /// Every import of the distributions once, under the first distribution that has it.
  static func trials(_ distributions: [DistributionImports]) -> [ImportTrial] {
    var seen: Set<String> = []
    let own = distributions.flatMap { distribution in
      distribution.imports.filter { seen.insert($0).inserted }.map {
        ImportTrial(kind: .import, name: $0, distribution: "\(distribution.name) \(distribution.version)")
      }
    }
    return standardLibrary.map { ImportTrial(kind: .standardLibrary, name: $0, distribution: nil) } + own
  }

  /// The interpreter's check and, if it starts, one for each trial, in their order.
  ///
  /// `progress` is called with the number of trials done, from any task. Throws `CancellationError`, and
  /// `ProcessError` when a process can't be started at all.
  func checks(
    of trials: [ImportTrial], progress: @escaping @Sendable (Int) -> Void
  ) async throws -> [Check] {
    let interpreter = try await interpreterCheck()
    guard interpreter.outcome == .ok else { return [interpreter] }
    let done = Atomic(0)
    let checks = try await trials.concurrentMap(width: width) { trial in
      let command = environment.command(ImportTrial.code, trial.name, timeout: timeout)
      let check = trial.check(try await run(command), timeout: timeout)
      progress(done.add(1, ordering: .relaxed).newValue)
      return check
    }
    return [interpreter] + checks
  }

  private func interpreterCheck() async throws -> Check {
    let result: ProcessResult
    do {
      result = try await run(environment.command(InterpreterProbe.code, timeout: timeout))
    } catch let error as ProcessError {
      return Check(.interpreter, "interpreter", .failed(message: error.description))
    }
    guard let probe = InterpreterProbe(result) else {
      let message =
        result.timedOut ? "it did not end within \(timeout.components.seconds) s" : result.tail(lines: 1)
      return Check(
        .interpreter, "interpreter", .failed(message: "the interpreter does not start: \(message)"))
    }
    let machine = Machine(platform).description
    let problems = probe.problems(expecting: python, at: environment.root, machine: machine)
    return Check(
      .interpreter, "interpreter", problems.isEmpty ? .ok : .failed(message: problems.joined(separator: "; "))
    )
  }
}
