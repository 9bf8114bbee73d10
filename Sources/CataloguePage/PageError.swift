import Model

/// What keeps the catalogue's page from being made.
package enum PageError: UserFacingError {
  /// The facts cannot be written as JSON.
  case unwritable(reason: String)

  package var description: String {
    switch self {
    case .unwritable(let reason): "the catalogue's page cannot be made: \(reason)"
    }
  }
}
