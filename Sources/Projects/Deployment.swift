package import Model
import Processes
import SystemPackage

/// Runs deploy scripts side by side, in the repository's root, with nothing on their standard input.
///
/// They see the user's environment, and `PPP_MODULE` (the module's name), `PPP_MODULE_DIRECTORY` and `PPP_REPOSITORY`
/// (absolute). Python scripts run in an environment that has what the module requires.
package struct Deployment: Sendable {
  private let repository: ProjectRepository
  private let environment: [String: String]
  private let prepareUV: @Sendable () async throws -> ProjectUV
  private let width: Int
  private let events: EventSink

  /// A deployment from this repository; `uv` gets uv, and is called only when there is a Python script.
  package init(
    _ repository: ProjectRepository, environment: [String: String], width: Int, events: @escaping EventSink,
    uv: @escaping @Sendable () async throws -> ProjectUV
  ) {
    (self.repository, self.environment, self.prepareUV) = (repository, environment, uv)
    (self.width, self.events) = (width, events)
  }

  /// Runs the scripts; each is told as soon as it is done.
  ///
  /// Cancelling ends all of them with what they started.
  ///
  /// - Throws: `ProjectsError.uvFailed` when a Python script needs the workspace and it can't be locked; what is one
  ///   module's is its outcome.
  package func run(
    _ scripts: [DeployScript], each: @escaping @Sendable (ModuleOutcome) -> Void
  ) async throws -> [ModuleOutcome] {
    let ofPython = scripts.filter(\.isPython).map(\.module)
    let uv = ofPython.isEmpty ? nil : try await prepareUV()
    try await uv?.lockWorkspace(of: ofPython)
    return try await scripts.concurrentMap(width: width) { script in
      let step = Step(.deploy, script.module.folder)
      events(.started(step))
      let outcome = try await run(script, uv)
      events(.finished(step, .done(outcome.word(success: "deployed"))))
      each(outcome)
      return outcome
    }
  }

  private func run(_ script: DeployScript, _ uv: ProjectUV?) async throws -> ModuleOutcome {
    let start = ContinuousClock.now
    do {
      let result = try await Processes.run(try await command(for: script, uv))
      let ending: ModuleOutcome.Ending =
        switch result.status {
        case .exited(0): .succeeded
        case .exited(let status): .failed(status: status)
        case .signalled(let signal): .signalled(signal)
        }
      return ModuleOutcome(
        script.module.folder, ending, output: result.output, duration: ContinuousClock.now - start)
    } catch let error as ProjectsError {
      return ModuleOutcome(
        script.module.folder, .unprepared(Diagnostic(error)), duration: ContinuousClock.now - start)
    }
  }

  private func command(for script: DeployScript, _ uv: ProjectUV?) async throws -> Command {
    let variables = [
      "PPP_MODULE": script.module.folder, "PPP_MODULE_DIRECTORY": script.module.directory.string,
      "PPP_REPOSITORY": repository.root.string,
    ]
    guard script.isPython, let uv else {
      return Command(
        script.path, environment: environment.merging(variables) { $1 },
        workingDirectory: repository.root, overflow: .keepEnds
      ).joiningOutputs
    }
    try repository.makeStateDirectory(repository.state)
    try await uv.perform(uv.syncOwn(script.module, isLocked: true), "prepare \(script.module.path)")
    return uv.runInOwn(script.module, [script.path.string], variables: variables)
  }
}
