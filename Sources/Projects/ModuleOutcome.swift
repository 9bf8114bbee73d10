package import Model

/// What came of testing or deploying one module.
package struct ModuleOutcome: Sendable {
  package enum Ending: Sendable, Hashable {
    case succeeded
    case failed(status: Int32)
    case signalled(Int32)
    /// pytest found no test.
    case noTests
    /// The module has no deploy script.
    case noScript
    /// It was not tried: its environment could not be prepared, or lacks what is needed.
    case unprepared(Diagnostic)
  }

  package let folder: String
  package let ending: Ending
  /// Where pytest counted.
  package let counts: TestCounts?
  /// All it wrote, in order; of very much, the two ends.
  package let output: [UInt8]
  package let duration: Duration

  package init(
    _ folder: String, _ ending: Ending, counts: TestCounts? = nil, output: [UInt8] = [],
    duration: Duration = .zero
  ) {
    (self.folder, self.ending, self.counts) = (folder, ending, counts)
    (self.output, self.duration) = (output, duration)
  }

  package var hasSucceeded: Bool { ending == .succeeded }

  /// In a word or two: `passed`, `failed`.
  package func word(success: String) -> String {
    switch ending {
    case .succeeded: success
    case .failed: "failed"
    case .signalled: "killed"
    case .noTests: "no tests"
    case .noScript: "no script"
    case .unprepared: "not run"
    }
  }
}
