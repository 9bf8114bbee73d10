import Artifacts
import Builder
import ConfigMerge
import FoundationEssentials
import Model
import Processes
import Projects
import Publish
import SystemPackage
import Terminal
import Trust

#if canImport(Glibc)
import Glibc
#endif

/// The world as a command sees it: where it runs, its environment, its input and its two outputs.
struct CommandContext: Sendable {
  let directory: FilePath
  let environment: [String: String]
  /// Takes a result's text, whole lines.
  let output: @Sendable (String) -> Void
  /// What standard output is, where `output` writes to.
  let screen: Device
  /// Standard error.
  let errors: Device
  /// Standard input, where answers come from.
  let input: FileDescriptor
  /// The time, in seconds since 1970: only for what is about time, as an expiry is.
  var now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }
  /// Makes this process another program, with the open files of these numbers.
  var become: @Sendable (Command, Set<Int32>) throws -> Never = {
    try replaceProcess(with: $0, inheriting: $1)
  }

  /// The day on which the command runs, in UTC: what rules' days are compared with.
  var today: @Sendable () -> CalendarDay = { CalendarDay(secondsSince1970: Int64(time(nil))) }

  static func live() -> CommandContext {
    let environment = ProcessInfo.processInfo.environment
    return CommandContext(
      directory: FilePath(FileManager.default.currentDirectoryPath), environment: environment,
      output: { text in
        // A reader that has gone away wants no more of it.
        _ = try? FileDescriptor.standardOutput.writeAll(text.utf8)
      },
      screen: Device(.standardOutput, environment: environment),
      errors: Device(.standardError, environment: environment), input: .standardInput)
  }

  /// How wide results may be; nil where they are not shown on a terminal.
  var width: Int? { screen.isTerminal ? screen.size.columns : nil }

  /// Asks the person at the terminal; nil when there is none.
  var prompt: Prompt? { Prompt(on: errors, answers: input) }

  /// Prints a result on standard output.
  func print(_ text: String) { output(text.hasSuffix("\n") ? text : text + "\n") }

  /// Says something on standard error.
  func tell(_ text: String) { errors.write(text + "\n") }

  func report(_ diagnostic: Diagnostic) { report(diagnostic, source: source(at: diagnostic.position)) }

  /// What a person should know about a workspace: what is odd in its files, and rules whose day is past.
  func warnings(about workspace: Workspace) -> [Diagnostic] {
    workspace.warnings + workspace.expiredRules(on: today())
  }

  /// Tells a diagnostic with its source line; neither shows a password in a URL.
  private func report(_ diagnostic: Diagnostic, source: String?) {
    let shown = Diagnostic(
      diagnostic.severity, redacting(diagnostic.message), at: diagnostic.position,
      hint: diagnostic.hint.map(redacting))
    errors.write(render(shown, source: source.map(masking), colored: errors.isColored))
  }

  /// Tells an error, and all its parts where it is made of several.
  func report(_ error: any Error) {
    guard let errors = error as? ConfigurationErrors else { return report(Diagnostic(error)) }
    for diagnostic in errors.diagnostics {
      let source = diagnostic.position.flatMap { errors.sources[$0.file] }
      report(diagnostic, source: source)
    }
  }

  /// The text of the file that a position is in, when it can be read from here.
  private func source(at position: SourcePosition?) -> String? {
    guard let position, let bytes = try? readFile(directory.pushing(FilePath(position.file))) else {
      return nil
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension ExitStatus {
  /// What an error makes of the exit code.
  init(for error: any Error) {
    self =
      switch error {
      case is ConfigurationErrors: .configuration
      case BuilderError.nothingSelected, BuilderError.excluded, BuilderError.notBuilt,
        ProjectsError.noModules, ProjectsError.noDeployScripts, PullError.unknownEnvironment,
        PullError.notForPlatform, PullError.unknownVersion, PublishError.nothingBuilt:
        .nothingSelected
      case ProjectsError.unknownModule, ProjectsError.noRepository: .usage
      case TrustError.badName, TrustError.noKey, TrustError.severalKeys: .usage
      case PublishError.badDestination, PublishError.unsuitable: .usage
      case is ParseError, is CommandError, is ModuleCommandError: .usage
      default: .failed
      }
  }
}
