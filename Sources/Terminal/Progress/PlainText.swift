import Model

/// What an event leaves for good: a plain line, a diagnostic, or nothing.
struct PlainText {
  let showsSteps: Bool
  let isColored: Bool

  /// Lines, each ending with a line feed; empty when the event has nothing to say.
  ///
  /// A finished step is `fetch numpy-2.2.6-cp313.whl  15.9 MB`; what was there already is not worth a line.
  func text(for event: Event) -> String {
    switch event {
    case .started, .progressed, .finished(_, .reused): ""
    case .finished(let step, .done(let result)): showsSteps ? line(for: step, result: result) : ""
    case .finished(let step, .failed(let diagnostic)):
      render(diagnostic.naming(step.subject), colored: isColored)
    case .diagnosed(let diagnostic): render(diagnostic, colored: isColored)
    }
  }

  private func line(for step: Step, result: String?) -> String {
    let result = result.map { "  " + $0.printable.replacing("\n", with: " ") } ?? ""
    return "\(step.verb.word) \(step.title)\(result)\n"
  }
}

extension Diagnostic {
  /// This diagnostic, with what it is about in front, unless its message names that.
  fileprivate func naming(_ subject: String) -> Diagnostic {
    message.contains(subject)
      ? self : Diagnostic(severity, "\(subject): \(message)", at: position, hint: hint)
  }
}
