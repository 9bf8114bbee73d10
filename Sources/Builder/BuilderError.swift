import Model

/// What can go wrong between the configuration and a finished matrix.
package enum BuilderError: UserFacingError {
  /// No cell matches the selection, as the command line wrote it.
  case nothingSelected(String, suggestion: String?)

  package var description: String {
    switch self {
    case .nothingSelected(let selection, _): "no cell is selected by \(selection)"
    }
  }

  package var hint: String? {
    switch self {
    case .nothingSelected(_, let suggestion?): "did you mean '\(suggestion)'?"
    case .nothingSelected: "'ppp plan' lists the cells"
    }
  }
}
