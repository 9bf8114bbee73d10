import Model
import Projects
import Terminal

/// Shows what modules that were worked on side by side wrote: each whole, under a title of its own, on standard error.
///
/// What went well is shown as soon as it is done, the rest by `showFailures` at the end, where people look first.
struct OutputSections: Sendable {
  let display: ProgressDisplay
  /// The word for a module that all went well with.
  let success: String
  /// Whether only failures are shown.
  let isQuiet: Bool
  let isColored: Bool

  /// Shows a module that is done, unless it counts as a failure.
  func show(_ outcome: ModuleOutcome, isFailure: Bool) {
    if !isFailure, !isQuiet { say(outcome) }
  }

  func showFailures(_ outcomes: [ModuleOutcome]) {
    for outcome in outcomes { say(outcome) }
  }

  private func say(_ outcome: ModuleOutcome) {
    if case .unprepared(let problem) = outcome.ending {
      let named = Diagnostic(problem.severity, problem.message, at: problem.position, hint: problem.hint)
      return display.say(title(of: outcome) + render(named, colored: isColored))
    }
    guard !outcome.output.isEmpty else { return }
    let text = String(decoding: outcome.output, as: UTF8.self)
    display.say(title(of: outcome) + text + (text.hasSuffix("\n") ? "" : "\n"))
  }

  private func title(of outcome: ModuleOutcome) -> String {
    let text = "── \(outcome.folder): \(outcome.word(success: success)), \(ElapsedTime(outcome.duration)) ──"
    return Style.bold.apply(to: text, colored: isColored) + "\n"
  }
}
