import ArgumentParser
import Model
import Projects
import Terminal

/// Tests modules side by side.
struct TestCommand: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Test modules side by side: pytest, each in an environment with what the module requires.",
    discussion: "Arguments after -- go to pytest, as in 'ppp test --module etl -- -k parse -x'.")

  @OptionGroup var place: RepositoryOptions

  @Option(parsing: .upToNextOption, help: "Only these modules; may be repeated. All by default.")
  var module: [String] = []

  @OptionGroup var network: NetworkOptions
  @OptionGroup var progress: ProgressOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  @Argument(
    parsing: .postTerminator, help: ArgumentHelp("What pytest gets.", valueName: "pytest arguments"))
  var arguments: [String] = []

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let start = ContinuousClock.now
    let repository = try place.open(in: context)
    let selected = try repository.select(module)
    let areNamed = !module.isEmpty
    var tested = selected
    if !areNamed { tested.modules = try selected.modules.filter { try $0.hasTests() } }
    guard !tested.modules.isEmpty || !tested.sources.isEmpty else {
      throw ProjectsError.noModules("no module in '\(repository.root)' has tests")
    }
    let display = progress.display(in: context)
    defer { display.finish() }
    let bench = ProjectBench(
      repository: repository, context: context, isOffline: network.offline, events: display.sink)
    let sections = OutputSections(
      display: display, success: "passed", isQuiet: progress.quiet, isColored: context.errors.isColored)
    let run = ModuleTests(
      try await bench.uv(), shelf: try bench.shelf(), pytestArguments: arguments,
      isColored: context.errors.isColored, width: bench.width, events: display.sink)
    @Sendable func isFailure(_ outcome: ModuleOutcome) -> Bool {
      outcome.ending == .noTests ? areNamed : !outcome.hasSucceeded
    }
    var outcomes = try await run.run(tested) { sections.show($0, isFailure: isFailure($0)) }
    sections.showFailures(outcomes.filter(isFailure))
    display.finish()
    outcomes += selected.modules.filter { !tested.modules.contains($0) }.map {
      ModuleOutcome($0.folder, .noTests)
    }
    outcomes.sort { $0.folder < $1.folder }
    switch format {
    case .text: if !progress.quiet { context.print(Table.tests(outcomes).rendered()) }
    case .json:
      context.print(
        try json(ModuleReport(outcomes, success: "passed", duration: ContinuousClock.now - start)))
    }
    return outcomes.contains(where: isFailure) ? .failed : .done
  }
}
