package import Model

/// What can go wrong between the configuration and a finished matrix.
package enum BuilderError: UserFacingError {
  /// No cell matches the selection, as the command line wrote it.
  case nothingSelected(String, suggestion: String?)
  /// A cell was to be built before it was locked.
  case notLocked(CellID)
  /// A cell failed, and the others were not to go on.
  case stopped(CellID)
  /// The selection means only cells of modules that can't be.
  case excluded(CellID, reason: String, SourcePosition?)
  /// The selection names a module that has no cells there.
  case notBuilt(module: ModuleName, selection: String, shownAs: String)

  /// A package to build again that no selected cell builds.
  case notFromSource(PackageName)

  package var description: String {
    switch self {
    case .notFromSource(let name): "no selected cell builds '\(name)' from source"
    case .nothingSelected(let selection, _): "no cell is selected by \(selection)"
    case .notLocked(let cell): "\(cell) has no lock"
    case .stopped(let cell): "stopped because \(cell) failed"
    case .excluded(let cell, let reason, _): "\(cell) is not made: \(reason)"
    case .notBuilt(let module, let selection, _):
      "module '\(module)' has no cell that is selected by \(selection)"
    }
  }

  package var position: SourcePosition? {
    if case .excluded(_, _, let position) = self { position } else { nil }
  }

  package var hint: String? {
    switch self {
    case .notFromSource(let name): "'packages.forceSource.\(name)' makes it so"
    case .nothingSelected(_, let suggestion?): "did you mean '\(suggestion)'?"
    case .nothingSelected: "'ppp plan' lists the cells"
    case .notLocked(let cell): "run 'ppp lock \(cell)'"
    case .excluded: "build the module into another runenv, or change what it says of itself"
    case .notBuilt(_, _, let place): "its runenvs and platforms are in '\(place)/config.json'"
    case .stopped: "with --keep-going, the default, the other cells are finished first"
    }
  }
}
