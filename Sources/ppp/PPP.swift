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
      Result on standard output, everything else on standard error. Exit codes: 0 done, 1 the work
      failed, 2 the configuration is wrong, 3 nothing was selected, 64 the command line is wrong,
      130 interrupted.
      """,
    version: Version.text,
    subcommands: [
      PlanCommand.self, LockCommand.self, BuildCommand.self, VerifyCommand.self, Config.self,
      CatalogueCommand.self,
      CacheCommand.self, Doctor.self,
      Completions.self,
    ])

  /// Parses, runs and exits; what a command throws is rendered and becomes the exit code.
  static func main() async {
    do {
      var parsed = try parseAsRoot()
      guard let command = parsed as? any ContextCommand else {
        try parsed.run()  // help and version
        return
      }
      let context = CommandContext.live()
      let status = await withInterruption { await perform(command, in: context) }
      Self.exit(withError: ExitCode(status.rawValue))
    } catch {
      Self.exit(withError: error)
    }
  }
}
