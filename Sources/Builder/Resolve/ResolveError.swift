package import Model

/// Why a cell has no lock.
package enum ResolveError: UserFacingError {
  /// No set of versions satisfies everything; `facts` is what the indexes say about what was asked for directly.
  case unresolvable(CellID, facts: [PackageFacts], explanation: String)
  /// Packages would have to be left out, and `strictMissing` forbids it.
  case missing(CellID, [PackageFacts], SourcePosition?)
  /// uv ended well but wrote something that is not understood.
  case unreadable(CellID, LockError)
  /// A module needs other versions than its runenv's lock has.
  case held(CellID, [HeldVersion], explanation: String)

  /// A package that a module's cell can't have in the version that its runenv's lock has.
  package struct HeldVersion: Hashable, Sendable {
    package let name: PackageName
    package let held: String
    /// One with which the module works.
    package let wanted: String
  }

  package var description: String {
    switch self {
    case .unresolvable(let cell, let facts, let explanation):
      (["cannot resolve \(cell)"] + facts.map { "  \($0.sentence(on: cell.platform))" }
        + explanation.split(separator: "\n").map { "    uv: \($0)" }).joined(separator: "\n")
    case .missing(let cell, let facts, _):
      (["\(cell) would have to do without \(facts.map(\.name.normalized).joined(separator: ", "))"]
        + facts.map { "  \($0.sentence(on: cell.platform))" }).joined(separator: "\n")
    case .unreadable(let cell, let error): "cannot read what uv resolved for \(cell): \(error)"
    case .held(let cell, let versions, let explanation):
      (["module '\(cell.module ?? "")' and the lock of \(cell.baseCell) can't be had together"]
        + versions.map { "  \($0.name) is \($0.held) in \(cell.base); the module works with \($0.wanted)" }
        + explanation.split(separator: "\n").map { "    uv: \($0)" }).joined(separator: "\n")
    }
  }

  package var position: SourcePosition? {
    switch self {
    case .missing(_, _, let position): position
    case .unresolvable(_, let facts, _): facts.lazy.compactMap(\.position).first
    case .unreadable, .held: nil
    }
  }

  package var hint: String? {
    switch self {
    case .unresolvable(_, let facts, _):
      facts.isEmpty ? "relax a version, or skip a package on this platform" : Self.hint(for: facts)
    case .missing(_, let facts, _):
      Self.hint(for: facts) + "; or set packages.resolution.strictMissing to false to leave it out"
    case .unreadable: nil
    case .held(let cell, let versions, _):
      "relax the module's requirement, upgrade the runenv with 'ppp lock \(cell.baseCell) --upgrade', or give "
        + "the module a version of its own with packages.overrides in its configuration: "
        + versions.prefix(3).map { "\"\($0.name)\": \"\($0.wanted)\"" }.joined(separator: ", ")
    }
  }

  private static func hint(for facts: [PackageFacts]) -> String {
    guard let first = facts.first else { return "relax a version, or skip a package on this platform" }
    if !first.exists {
      return "check the name, or add the index that has '\(first.name)' to registries.additional"
    }
    if let version = first.wheels.last {
      return "ask for \(first.name)==\(version), or skip '\(first.name)' on this platform"
    }
    return first.hasSource
      ? "allow its source with packages.resolution.allowSourceList, or skip '\(first.name)' on this platform"
      : "skip '\(first.name)' on this platform with packages.skip"
  }
}
