/// A problem as a value: what an error says once it is collected instead of thrown, or a warning.
package struct Diagnostic: Hashable, Sendable, Codable {
  package enum Severity: String, Sendable, Codable {
    case error
    case warning
  }

  package let severity: Severity
  package let message: String
  package let position: SourcePosition?
  package let hint: String?

  package init(
    _ severity: Severity, _ message: String, at position: SourcePosition? = nil, hint: String? = nil
  ) {
    self.severity = severity
    self.message = message
    self.position = position
    self.hint = hint
  }

  /// The diagnostic that says what `error` says.
  package init(_ error: any Error) {
    if error is CancellationError {
      self.init(.error, "interrupted")
      return
    }
    guard let error = error as? any UserFacingError else {
      self.init(.error, String(describing: error))
      return
    }
    self.init(.error, error.description, at: error.position, hint: error.hint)
  }
}
