package import Model
import Processes
import SystemPackage

/// Prepares the environments that the user works in: the workspace's `.venv`, and those of modules that stand alone.
package struct Installation: Sendable {
  private let uv: ProjectUV
  private let width: Int
  private let events: EventSink

  package init(_ uv: ProjectUV, width: Int, events: @escaping EventSink) {
    (self.uv, self.width, self.events) = (uv, width, events)
  }

  /// Prepares one environment for each project that is concerned; the members of the workspace share one.
  ///
  /// - Parameters:
  ///   - modules: What to install.
  ///   - isEverything: Whether the workspace's environment is to have all of it, and nothing that is in no
  ///     `pyproject.toml`; else the modules are put beside what is there.
  /// - Returns: What came of each; a failure of one keeps no other from being prepared.
  /// - Throws: `ProcessError` when uv cannot be started, and `CancellationError`.
  package func run(_ modules: [ProjectModule], isEverything: Bool) async throws -> [InstallOutcome] {
    let members = modules.filter(\.isMember)
    var jobs: [Job] = modules.filter { !$0.isMember }.map { module in
      Job(
        modules: [module], command: uv.syncAlone(module), place: module.path, task: "install \(module.path)")
    }
    if !members.isEmpty || (isEverything && uv.repository.isWorkspace) {
      let command = uv.syncWorkspace(isEverything ? nil : members)
      jobs.insert(Job(modules: members, command: command, place: ".", task: "install the workspace"), at: 0)
    }
    return try await jobs.concurrentMap(width: width) { try await perform($0) }
  }

  private struct Job {
    let modules: [ProjectModule]
    let command: Command
    let place: String
    let task: String
  }

  private func perform(_ job: Job) async throws -> InstallOutcome {
    let step = Step(.install, job.place == "." ? uv.repository.root.string : job.place)
    events(.started(step))
    let start = ContinuousClock.now
    do {
      let output = try await uv.perform(job.command, job.task)
      events(.finished(step, .done(nil)))
      return InstallOutcome(
        modules: job.modules, place: job.place, problem: nil, output: output,
        duration: ContinuousClock.now - start)
    } catch let error as ProjectsError {
      let problem = Diagnostic(error)
      events(.finished(step, .failed(problem)))
      return InstallOutcome(
        modules: job.modules, place: job.place, problem: problem, output: "",
        duration: ContinuousClock.now - start)
    }
  }
}

/// What came of preparing one environment.
package struct InstallOutcome: Sendable {
  package let modules: [ProjectModule]
  /// The project's directory, relative to the repository's root: `.` or `modules/etl`.
  package let place: String
  package let problem: Diagnostic?
  /// What uv said of what it changed.
  package let output: String
  package let duration: Duration
}
