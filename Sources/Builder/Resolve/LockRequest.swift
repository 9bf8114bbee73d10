package import ConfigMerge
package import Model

/// A cell to lock, and how.
package struct LockRequest: Sendable {
  /// Which versions of an existing lock may change though nothing asks for it.
  package enum Upgrade: Hashable, Sendable {
    case none
    case packages(Set<PackageName>)
    case all
  }

  package var recipe: Recipe
  /// The lock on disk; its versions are kept where they can be.
  package var existing: Lock?
  /// For a module's cell the current lock of its runenv, to whose versions it keeps.
  package var base: Lock?
  package var upgrade: Upgrade
  /// A date or a time (RFC 3339), after which nothing counts as uploaded.
  package var excludeNewer: String?

  package init(
    _ recipe: Recipe, existing: Lock?, base: Lock? = nil, upgrade: Upgrade = .none,
    excludeNewer: String? = nil
  ) {
    self.recipe = recipe
    self.existing = existing
    self.base = base
    self.upgrade = upgrade
    self.excludeNewer = excludeNewer
  }

  package var cell: CellID { recipe.cell }

  /// What of the configuration is not what the existing lock was made from; nil when there is no lock.
  package var changes: [KeyChange]? {
    existing?.changes(to: recipe, base: base)
  }

  /// The versions to keep to, as constraints.
  var constraints: [String] {
    (base?.held(for: recipe) ?? [:]).map { "\($0.key)==\($0.value)" }.sorted()
  }

  /// Whether the existing lock can stay as it is; one that may have newer files than are allowed now cannot.
  package var isCurrent: Bool {
    upgrade == .none && changes == [] && (excludeNewer == nil || excludeNewer == existing?.excludeNewer)
  }

  /// Refuses what is no day and no time before anything is asked.
  package static func checkTime(_ limit: String?) throws(ParseError) {
    guard let limit else { return }
    let time = #/\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?/#
    guard limit.wholeMatch(of: time) == nil else { return }
    throw ParseError(
      expected: "date or time", text: limit, hint: "write it as in 2026-01-31 or 2026-01-31T12:00:00Z")
  }

  /// What `--locked` demands: the existing lock, if it was made from this configuration.
  package func requireCurrent() throws(LockError) -> Lock {
    guard let existing, let changes else { throw .missing(cell) }
    guard changes.isEmpty else { throw .stale(cell, changes) }
    return existing
  }

  /// The packages whose versions are to stay where they can.
  var preferred: [LockedPackage] {
    switch upgrade {
    case .all: []
    case .none: existing?.packages ?? []
    case .packages(let names): existing?.packages.filter { !names.contains($0.name) } ?? []
    }
  }
}

/// What became of a request.
package struct LockOutcome: Sendable {
  package let cell: CellID
  package let result: Result<Lock, any Error>
  /// Whether the existing lock was current, and nothing was done.
  package let isReused: Bool
  /// Omissions found, as warnings.
  package let diagnostics: [Diagnostic]
}

/// What became of all requests.
package struct LockReport: Sendable {
  /// In the order of the requests.
  package let outcomes: [LockOutcome]
  /// Packages that differ between the platforms of a runenv, sorted.
  package let skews: [Skew]
}
