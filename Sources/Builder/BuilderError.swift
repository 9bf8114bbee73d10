package import Model

/// What can go wrong between the configuration and a finished matrix.
package enum BuilderError: UserFacingError {
  /// No cell matches the selection, as the command line wrote it.
  case nothingSelected(String, suggestion: String?)
  /// A cell was to be built before it was locked.
  case notLocked(CellID)
  /// A cell failed, and the others were not to go on.
  case stopped(CellID)

  package var description: String {
    switch self {
    case .nothingSelected(let selection, _): "no cell is selected by \(selection)"
    case .notLocked(let cell): "\(cell) has no lock"
    case .stopped(let cell): "stopped because \(cell) failed"
    }
  }

  package var hint: String? {
    switch self {
    case .nothingSelected(_, let suggestion?): "did you mean '\(suggestion)'?"
    case .nothingSelected: "'ppp plan' lists the cells"
    case .notLocked(let cell): "run 'ppp lock \(cell)'"
    case .stopped: "with --keep-going, the default, the other cells are finished first"
    }
  }
}
