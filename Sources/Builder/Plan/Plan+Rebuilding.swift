package import Model

extension Plan {
  /// The plan in which the cells that have one of these packages built from source are built again.
  ///
  /// - Throws: `BuilderError.notFromSource` for a package that no cell of the plan builds.
  package func rebuilding(_ packages: Set<PackageName>) throws(BuilderError) -> Plan {
    var left = packages
    let cells = cells.map { cell in
      let again = (cell.lock?.packages ?? []).filter { $0.needsBuild && packages.contains($0.name) }.map(
        \.name)
      guard !again.isEmpty else { return cell }
      left.subtract(again)
      var cell = cell
      switch cell.state {
      case .upToDate, .unverified, .bundleMissing:
        cell.state = .changed(again.map { KeyChange("build \($0)", old: nil, new: "again") })
      case .new, .stale, .changed, .invalid: break
      }
      return cell
    }
    if let name = left.sorted().first { throw .notFromSource(name) }
    return Plan(cells: cells, excluded: excluded)
  }
}
