import ArgumentParser
import ConfigMerge
import Model
import Modules
import Processes
import SystemPackage
import Terminal

/// Copies modules into a repository, whose own they are from then on.
struct AddModule: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "module",
    abstract: "Copy modules into a repository as plain source code, which then needs no ppp.",
    discussion: """
      A module goes to modules/<name>, with its own pyproject.toml, tests and Dockerfile, and becomes a member of the \
      repository's uv workspace. A file that is there and differs is shown and asked about on a terminal, else left \
      as it is and listed, with exit code 1. Either all is written or nothing.
      """)

  @Argument(help: ArgumentHelp("Modules, as NAME or NAME@VERSION.", valueName: "module"))
  var modules: [String]

  @Option(
    help: ArgumentHelp(
      "An option of the modules that have it; may be repeated.",
      discussion: "With several modules, MODULE.KEY=VALUE is for one of them.", valueName: "key=value"))
  var option: [String] = []

  @Option(
    help: ArgumentHelp(
      "The repository to add to; made if it is not there.",
      discussion: "By default the one that the current directory is in.", valueName: "directory"),
    completion: .directory)
  var into: String?

  @OptionGroup var sources: ModuleSourceOptions

  @Flag(help: "Write over files that differ.")
  var overwrite = false

  @Flag(help: "Write nothing, and print what would be written.")
  var dryRun = false

  @Flag(help: "Print how files that are there differ, and what pyproject.toml gets.")
  var diff = false

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let references = try modules.map { try ModuleReference(parsing: $0) }
    let repository = repository(in: context)
    let choice = try await choice(of: references, for: repository, in: context)
    let plan = try AddPlan.make(adding: choice.rendered, to: repository)
    try await warn(of: plan, in: context)
    let overwriting =
      if overwrite { Set(plan.differing.map(\.path)) } else { try await agreed(in: plan, context) }
    let report = AddModuleReport(plan, choice, overwriting: overwriting, isDryRun: dryRun, showsDiffs: diff)
    if !dryRun { _ = try await plan.apply(overwriting: overwriting) }
    switch format {
    case .json: context.print(try json(report))
    case .text: AddModuleText(report, plan, choice, showsDiffs: diff).tell(in: context)
    }
    return report.hasSkipped ? .failed : .done
  }

  private func repository(in context: CommandContext) -> Repository {
    guard let into else { return Repository.find(from: context.directory) }
    return Repository(root: context.directory.pushing(FilePath(into)).lexicallyNormalized())
  }

  /// Finds the modules and what they need, and makes their files.
  private func choice(
    of references: [ModuleReference], for repository: Repository, in context: CommandContext
  ) async throws -> ModuleChoice {
    let workspace = Workspace.find(from: context.directory) ?? Workspace.find(from: repository.root)
    let found = try await sources.shelf(of: workspace, in: context).closure(of: references)
    let there = try AddedModule.all(in: repository)
    let answers = try OptionAnswers(option, prompt: context.prompt)
    return try await ModuleChoice(
      found, asked: references.map(\.name), there: there, answers: answers, root: repository.root)
  }

  private func warn(of plan: AddPlan, in context: CommandContext) async throws {
    for warning in plan.warnings { context.report(warning) }
    let environment = context.environment
    let git = findExecutable("git", in: environment["PATH"])
    guard !plan.isNothing, try await plan.repository.isDirty(git: git, environment: environment) == true
    else {
      return
    }
    context.report(
      Diagnostic(
        .warning, "the repository has changes that are not committed",
        hint: "commit them first to see what adding changes with 'git diff'"))
  }

  /// The differing files that whoever is at the terminal wants overwritten, each after a look at what differs.
  private func agreed(in plan: AddPlan, _ context: CommandContext) async throws -> Set<String> {
    guard !dryRun, let prompt = context.prompt else { return [] }
    var paths: Set<String> = []
    for file in plan.differing {
      prompt.show(file.difference)
      if try await prompt.confirms("overwrite '\(file.path)'?") { paths.insert(file.path) }
    }
    return paths
  }
}
