/// What verifying a bundle found.
package struct VerificationRecord: Hashable, Sendable, Codable {
  package enum State: String, Sendable, Codable, ColumnValue {
    /// Every check passed, or its failure is on the allow list.
    case passed
    case failed
  }

  /// `failed` as soon as one check failed.
  package let state: State
  /// In the order in which they were made.
  package let checks: [CheckRecord]

  package init(checks: [CheckRecord]) {
    state = checks.contains { $0.outcome == .failed } ? .failed : .passed
    self.checks = checks
  }
}

/// One check of a bundle.
package struct CheckRecord: Hashable, Sendable, Codable {
  package enum Outcome: String, Sendable, Codable, ColumnValue {
    case passed
    /// It failed, and the configuration says why that is all right: the message is that reason.
    case allowed
    /// The message says what was wrong.
    case failed
  }

  /// What was checked, as in `import numpy`.
  package let name: String
  package let outcome: Outcome
  package let message: String?

  package init(name: String, outcome: Outcome, message: String? = nil) {
    self.name = name
    self.outcome = outcome
    self.message = message
  }
}
