import Model

/// What can be wrong before uv is asked to do anything.
package enum ProjectsError: UserFacingError {
  /// There is no module of this name in the repository.
  case unknownModule(String, nearest: String?)

  package var description: String {
    switch self {
    case .unknownModule(let name, _): "there is no module '\(name)'"
    }
  }

  package var hint: String? {
    switch self {
    case .unknownModule(_, let nearest):
      nearest.map { "did you mean '\($0)'?" } ?? "'ppp add module NAME' adds one"
    }
  }
}
