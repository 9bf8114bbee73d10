/// A module is built into a runenv as a cell of its own, `python-3.13.5-science+elasticity@linux-x64`.
extension CellID {
  /// What stands between the runenv's id and the module's name; neither may hold it.
  package static let moduleMark: Character = "+"

  /// The id of a module's cells: `python-3.13.5-science+elasticity`.
  package static func id(of module: ModuleName, in runenv: String) -> String {
    "\(runenv)\(moduleMark)\(module)"
  }

  /// The runenv's own id: for a module's cell that of the runenv that the module is put into.
  package var base: String { String(runenv.prefix { $0 != Self.moduleMark }) }

  /// The module that the cell is for; nil for a runenv's own cell.
  package var module: String? {
    runenv.firstIndex(of: Self.moduleMark).map { String(runenv[runenv.index(after: $0)...]) }
  }

  /// The runenv's cell on the same platform; itself where there is no module.
  package var baseCell: CellID { CellID(runenv: base, platform: platform) }
}
