package import Model
package import Modules
import Processes
import SystemPackage

/// Tests modules side by side, each by one pytest in an environment that has what the module requires and no more.
package struct ModuleTests: Sendable {
  private let uv: ProjectUV
  private let shelf: ModuleShelf
  private let pytestArguments: [String]
  private let isColored: Bool
  private let width: Int
  private let events: EventSink

  /// Tests that give pytest these arguments behind ppp's own, `width` modules at once.
  ///
  /// The shelf has what the repository's module sources need.
  package init(
    _ uv: ProjectUV, shelf: ModuleShelf, pytestArguments: [String], isColored: Bool, width: Int,
    events: @escaping EventSink
  ) {
    (self.uv, self.shelf, self.pytestArguments, self.isColored) = (uv, shelf, pytestArguments, isColored)
    (self.width, self.events) = (width, events)
  }

  /// Tests the modules; each is told as soon as it is done.
  ///
  /// A source is made a project first. Cancelling ends all of them with what they started.
  ///
  /// - Throws: `ProjectsError.uvFailed` when the workspace can't be locked; what is one module's is its outcome.
  package func run(
    _ selection: ModuleSelection, each: @escaping @Sendable (ModuleOutcome) -> Void
  ) async throws -> [ModuleOutcome] {
    try await uv.lockWorkspace(of: selection.modules)
    let subjects = selection.modules.map(Subject.project) + selection.sources.map(Subject.source)
    return try await subjects.concurrentMap(width: width) { subject in
      let step = Step(.test, subject.folder)
      events(.started(step))
      let outcome = try await test(subject)
      events(.finished(step, .done(outcome.word(success: "passed"))))
      each(outcome)
      return outcome
    }
  }

  private enum Subject {
    case project(ProjectModule)
    case source(String)

    var folder: String {
      switch self {
      case .project(let module): module.folder
      case .source(let folder): folder
      }
    }
  }

  private func test(_ subject: Subject) async throws -> ModuleOutcome {
    let start = ContinuousClock.now
    do {
      switch subject {
      case .project(let module): return try await test(module, with: uv, isLocked: true, since: start)
      case .source(let folder):
        let (module, repository) = try await uv.repository.makeProject(ofSource: folder, from: shelf)
        return try await test(module, with: uv.working(on: repository), isLocked: false, since: start)
      }
    } catch let error as any UserFacingError {
      return ModuleOutcome(
        subject.folder, .unprepared(Diagnostic(error)), duration: ContinuousClock.now - start)
    }
  }

  private func test(
    _ module: ProjectModule, with uv: ProjectUV, isLocked: Bool, since start: ContinuousClock.Instant
  ) async throws -> ModuleOutcome {
    try uv.repository.makeStateDirectory(uv.repository.state)
    try await uv.perform(uv.syncOwn(module, isLocked: isLocked), "prepare \(module.path)")
    let pytest = uv.ownEnvironment(of: module).appending("bin").appending("pytest")
    guard FileStatus(of: pytest) != nil else { throw ProjectsError.noPytest(module.folder, module.name) }
    return try await run(pytest, on: module, with: uv, since: start)
  }

  private func run(
    _ pytest: FilePath, on module: ProjectModule, with uv: ProjectUV, since start: ContinuousClock.Instant
  ) async throws -> ModuleOutcome {
    let state = uv.repository.state.appending("tests").appending(module.folder)
    let report = state.appending("report.xml")
    try uv.repository.makeStateDirectory(state)
    try removeTree(report)
    let words = [
      pytest.string, module.path, "--junit-xml=\(report)", "-o", "cache_dir=\(state.appending("cache"))",
    ]
    let result = try await Processes.run(
      uv.runInOwn(module, words + (isColored ? ["--color=yes"] : []) + pytestArguments))
    let ending: ModuleOutcome.Ending =
      switch result.status {
      case .exited(0): .succeeded
      case .exited(5): .noTests
      case .exited(let status): .failed(status: status)
      case .signalled(let signal): .signalled(signal)
      }
    return ModuleOutcome(
      module.folder, ending, counts: try counts(in: report), output: result.output,
      duration: ContinuousClock.now - start)
  }

  /// Nil when pytest wrote no report: it was stopped, or told to write another one.
  private func counts(in report: FilePath) throws(FileError) -> TestCounts? {
    guard FileStatus(of: report) != nil else { return nil }
    return TestCounts(report: String(decoding: try readFile(report), as: UTF8.self))
  }
}
