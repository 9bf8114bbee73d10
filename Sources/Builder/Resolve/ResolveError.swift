package import Model

/// Why a cell has no lock.
package enum ResolveError: UserFacingError {
  /// No set of versions satisfies everything; `facts` is what the indexes say about what was asked for directly.
  case unresolvable(CellID, facts: [PackageFacts], explanation: String)
  /// Packages would have to be left out, and `strictMissing` forbids it.
  case missing(CellID, [PackageFacts], SourcePosition?)
  /// uv ended well but wrote something that is not understood.
  case unreadable(CellID, LockError)

  package var description: String {
    switch self {
    case .unresolvable(let cell, let facts, let explanation):
      (["cannot resolve \(cell)"] + facts.map { "  \($0.sentence(on: cell.platform))" }
        + explanation.split(separator: "\n").map { "    uv: \($0)" }).joined(separator: "\n")
    case .missing(let cell, let facts, _):
      (["\(cell) would have to do without \(facts.map(\.name.normalized).joined(separator: ", "))"]
        + facts.map { "  \($0.sentence(on: cell.platform))" }).joined(separator: "\n")
    case .unreadable(let cell, let error): "cannot read what uv resolved for \(cell): \(error)"
    }
  }

  package var position: SourcePosition? {
    switch self {
    case .missing(_, _, let position): position
    case .unresolvable(_, let facts, _): facts.lazy.compactMap(\.position).first
    case .unreadable: nil
    }
  }

  package var hint: String? {
    switch self {
    case .unresolvable(_, let facts, _):
      facts.isEmpty ? "relax a version, or skip a package on this platform" : Self.hint(for: facts)
    case .missing(_, let facts, _):
      Self.hint(for: facts) + "; or set packages.resolution.strictMissing to false to leave it out"
    case .unreadable: nil
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
