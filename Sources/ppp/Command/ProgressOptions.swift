import ArgumentParser
import Terminal

/// How much a command says while it works.
struct ProgressOptions: ParsableArguments {
  @Option(help: "How progress is shown: auto, plain (a line a step) or none.")
  var progress: ProgressMode = .auto

  @Flag(name: .shortAndLong, help: "Say nothing but warnings and errors.")
  var quiet = false

  /// A display on standard error; its owner finishes it.
  func display(in context: CommandContext) -> ProgressDisplay {
    ProgressDisplay(progress.presentation(on: context.errors, quiet: quiet), on: context.errors)
  }
}

extension ProgressMode: ExpressibleByArgument {}
