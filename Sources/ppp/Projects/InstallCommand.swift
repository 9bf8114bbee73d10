import ArgumentParser
import Model
import Projects
import Terminal

/// Prepares the environments of a repository's modules.
struct InstallCommand: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Install modules with all that they require, through uv: the workspace's into .venv.",
    discussion: """
      All modules by default, as 'uv sync --all-packages' does it; modules that are named are put beside what is \
      there. A module that is no member of the repository's uv workspace has a .venv of its own.
      """)

  @Argument(help: ArgumentHelp("Modules of the repository; all by default.", valueName: "module"))
  var modules: [String] = []

  @OptionGroup var place: RepositoryOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var progress: ProgressOptions

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let repository = try place.open(in: context)
    let selected = try repository.selectProjects(modules)
    guard !selected.isEmpty || repository.isWorkspace else {
      throw ProjectsError.noModules("no module in '\(repository.root)' has a pyproject.toml")
    }
    let display = progress.display(in: context)
    defer { display.finish() }
    let bench = ProjectBench(
      repository: repository, context: context, isOffline: network.offline, events: display.sink)
    let outcomes = try await Installation(bench.uv(), width: bench.width, events: display.sink)
      .run(selected, isEverything: modules.isEmpty)
    display.finish()
    if !progress.quiet {
      for outcome in outcomes where !outcome.output.isEmpty { context.errors.write(outcome.output) }
      for outcome in outcomes where outcome.problem == nil {
        context.print("installed \(outcome.summary) in \(ElapsedTime(outcome.duration))")
      }
    }
    return outcomes.allSatisfy { $0.problem == nil } ? .done : .failed
  }
}

extension InstallOutcome {
  fileprivate var summary: String {
    modules.isEmpty ? "the workspace" : modules.map(\.folder).joined(separator: ", ")
  }
}
