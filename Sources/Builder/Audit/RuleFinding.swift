package import ConfigMerge
package import Model

/// What is to be said about one rule.
package struct RuleFinding: Sendable {
  package enum Verdict: String, Sendable, Codable {
    /// It has an effect nowhere: nothing that it is about is asked for, or other rules decide.
    case unmatched
    /// In every cell where it has an effect there is a wheel to take instead.
    case unneeded
    /// In some of the cells there is one.
    case partlyUnneeded
    /// There would be wheels, but its day is still to come.
    case kept
    /// Cells are not locked, and only locks tell whether they need the package.
    case unknown
    /// An index could not be asked.
    case unasked
    case needed
  }

  package let rule: DeclaredRule
  package let package: PackageName
  package let verdict: Verdict
  /// For people, one sentence without a full stop.
  package let explanation: String
  /// The cells that the explanation is about, in the workspace's order.
  package let cells: [CellID]

  /// Whether the rule could be removed.
  package var isStale: Bool { verdict == .unmatched || verdict == .unneeded }
}
