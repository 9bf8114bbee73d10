package import Catalogue
package import ConfigMerge
package import Model

/// What would be done for one cell, and why.
package struct CellPlan: Sendable {
  /// Where a cell stands.
  package enum State: Hashable, Sendable {
    /// It was never built.
    case new
    /// Its lock is missing or was made from another configuration.
    case stale([KeyChange])
    /// What it is made of has changed.
    case changed([KeyChange])
    /// The catalogue has it, but its manifest is gone, or its file is gone or not what was recorded.
    case bundleMissing
    /// It was built, but did not pass its checks, or, with nil, was never checked.
    case unverified(VerificationRecord.State?)
    case upToDate
    /// It can't be built as it is configured.
    case invalid([Diagnostic])
  }

  /// A package that the cell does without.
  package struct Omission: Hashable, Sendable {
    package let name: PackageName
    package let rule: String
    package let reason: String
    /// Where the rule stands, when a rule left it out.
    package let position: SourcePosition?
  }

  package let recipe: Recipe
  package var state: State
  /// Nil until the cell has a lock that fits its configuration.
  package var lock: Lock?
  /// Nil without a lock.
  package var key: BuildKey?
  package var copied: [CopiedFile]
  package var omissions: [Omission]
  /// How many of the lock's files are not in the store yet, and their bytes as far as the lock knows them.
  package var missingFiles: Int
  package var missingBytes: Int64

  package var cell: CellID { recipe.cell }
}

extension CellPlan {
  /// Whether building it would do anything.
  package var hasWork: Bool { state != .upToDate }

  /// What building it would do, in order.
  package var actions: [String] {
    switch state {
    case .upToDate, .invalid: []
    case .unverified: ["verify"]
    case .new, .stale, .changed, .bundleMissing:
      (lock == nil ? ["lock"] : []) + (missingFiles > 0 ? ["fetch \(missingFiles)"] : []) + [
        "build", "verify",
      ]
    }
  }

  /// Why, in words: `numpy 2.2.5 → 2.2.6`.
  package var reason: String {
    switch state {
    case .new: "new"
    case .stale(let changes):
      changes.isEmpty ? "not locked" : changes.map(\.description).joined(separator: "; ")
    case .changed(let changes):
      changes.isEmpty ? "changed" : changes.map(\.description).joined(separator: "; ")
    case .bundleMissing: "bundle or manifest is gone"
    case .unverified(let state): state == nil ? "not checked yet" : "did not pass its checks"
    case .upToDate: "up to date"
    case .invalid(let problems): problems.first?.message ?? "invalid"
    }
  }
}
