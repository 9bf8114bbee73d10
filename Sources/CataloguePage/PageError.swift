import Model

/// What keeps the catalogue's page from being made.
package enum PageError: UserFacingError {
  /// The catalogue's facts can't be put into the page.
  case unwritable(reason: String)

  package var description: String {
    switch self {
    case .unwritable(let reason): "the catalogue's page cannot be made: \(reason)"
    }
  }
}
