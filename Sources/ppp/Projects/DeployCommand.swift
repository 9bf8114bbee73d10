import ArgumentParser
import Model
import Projects
import Terminal

/// Runs the repository's own deploy scripts.
struct DeployCommand: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "deploy",
    abstract: "Run the repository's own deploy scripts side by side.",
    discussion: """
      A module's script is modules/MODULE/deploy, deploy.sh or deploy.py there, or deploy/MODULE with one of these \
      endings or none. It is run in the repository's root, with PPP_MODULE, PPP_MODULE_DIRECTORY and PPP_REPOSITORY set.
      """)

  @OptionGroup var place: RepositoryOptions

  @Option(parsing: .upToNextOption, help: "Only these modules; may be repeated. All by default.")
  var module: [String] = []

  @OptionGroup var network: NetworkOptions
  @OptionGroup var progress: ProgressOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let start = ContinuousClock.now
    let repository = try place.open(in: context)
    let plan = try DeployPlan(
      repository.selectProjects(module), in: repository, areNamed: !module.isEmpty)
    for problem in plan.problems { context.report(problem) }
    guard plan.problems.isEmpty else { return .failed }
    guard !plan.scripts.isEmpty else { throw ProjectsError.noDeployScripts(repository.root) }
    let display = progress.display(in: context)
    defer { display.finish() }
    let sections = OutputSections(
      display: display, success: "deployed", isQuiet: progress.quiet, isColored: context.errors.isColored)
    let bench = ProjectBench(
      repository: repository, context: context, isOffline: network.offline, events: display.sink)
    let deployment = Deployment(
      repository, environment: context.environment, width: bench.width, events: display.sink, uv: bench.uv)
    var outcomes = try await deployment.run(plan.scripts) { sections.show($0, isFailure: !$0.hasSucceeded) }
    let failures = outcomes.filter { !$0.hasSucceeded }
    sections.showFailures(failures)
    display.finish()
    outcomes += plan.without.map { ModuleOutcome($0, .noScript) }
    outcomes.sort { $0.folder < $1.folder }
    switch format {
    case .text: if !progress.quiet { context.print(Table.deployments(outcomes).rendered()) }
    case .json:
      context.print(
        try json(ModuleReport(outcomes, success: "deployed", duration: ContinuousClock.now - start)))
    }
    return failures.isEmpty ? .done : .failed
  }
}
