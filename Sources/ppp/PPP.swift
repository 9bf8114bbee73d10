import ArgumentParser
import Model

/// Builds a matrix of portable Python environments from one repository of small config files.
@main
struct PPP: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ppp",
    abstract: "Builds a matrix of portable Python environments from one repository of small config files.",
    discussion: """
      Start with `ppp plan`, which says what would be done and why, then `ppp build`.

      Results go to standard output, everything else to standard error. Exit codes: 0 done, 1 the work \
      failed, 2 the configuration is wrong, 3 nothing was selected, 64 the command line is wrong, \
      130 interrupted.
      """,
    version: Version.text,
    subcommands: [
      PlanCommand.self, LockCommand.self, BuildCommand.self, VerifyCommand.self,
      PublishCommand.self, Config.self,
      InstallCommand.self, TestCommand.self, RunCommand.self, DeployCommand.self,
      CatalogueCommand.self, AuditCommand.self, ModulesCommand.self, RecipesCommand.self, AddCommand.self,
      NewCommand.self,
      PullCommand.self, PatchCommand.self, ApplyCommand.self,
      KeyCommand.self, CacheCommand.self, Doctor.self, Completions.self,
    ])

  /// Runs the process's own command line and exits.
  static func main() async {
    let context = CommandContext.live()
    let arguments = Array(CommandLine.arguments.dropFirst())
    let status = await withInterruption { await run(arguments, in: context) }
    Self.exit(withError: ExitCode(status.rawValue))
  }

  /// Parses and runs; what a command throws is rendered and becomes the exit code.
  static func run(_ arguments: [String], in context: CommandContext) async -> ExitStatus {
    do {
      var parsed = try parseAsRoot(arguments)
      if let command = parsed as? any ContextCommand { return await perform(command, in: context) }
      try parsed.run()  // help: it throws what it has to say
      return .done
    } catch {
      return tell(error, about: arguments, in: context)
    }
  }

  /// Tells what parsing ended with: help and the version are results, the rest is misuse.
  private static func tell(
    _ error: any Error, about arguments: [String], in context: CommandContext
  ) -> ExitStatus {
    guard !exitCode(for: error).isSuccess else {
      context.print(fullMessage(for: error))
      return .done
    }
    if let misspelt = CommandError(unknownCommandIn: arguments) {
      context.report(misspelt)
    } else {
      context.tell(fullMessage(for: error))
    }
    return .usage
  }
}
