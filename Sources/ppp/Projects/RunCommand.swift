import ArgumentParser
import Model
import Processes
import Projects
import Terminal

/// Becomes a module's program.
struct RunCommand: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract:
      "Run a module's entry point where you are: its standard files, signals and exit code are yours.",
    discussion: """
      'ppp run --module etl -- --help' runs the script of [project.scripts] that has the module's name, else its only \
      script, else 'python -m' with its package. A module's source is made a project in .ppp/modules first.
      """)

  @OptionGroup var place: RepositoryOptions

  @Option(help: "The module to run.")
  var module: String

  @OptionGroup var network: NetworkOptions

  @Argument(parsing: .postTerminator, help: "What the program gets.")
  var arguments: [String] = []

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let inherited = try inheritableFiles()
    let repository = try place.open(in: context)
    let selected = try repository.select([module])
    let display = ProgressDisplay(
      ProgressMode.auto.presentation(on: context.errors, quiet: false), on: context.errors)
    defer { display.finish() }
    let bench = ProjectBench(
      repository: repository, context: context, isOffline: network.offline, events: display.sink)
    var (uv, runnable) = (try await bench.uv(), selected.modules.first)
    if let source = selected.sources.first {
      let (module, made) = try await repository.makeProject(ofSource: source, from: bench.shelf())
      (uv, runnable) = (uv.working(on: made), module)
    }
    guard let runnable else { throw ProjectsError.unknownModule(module, nearest: nil) }
    let words = try EntryPoint(of: runnable).words(in: context.directory)
    display.finish()
    try Task.checkCancellation()
    try context.become(uv.run(runnable, words + arguments, in: context.directory), inherited)
  }
}
