import Model

/// Why something can't be published or pulled.
package enum PublishError: UserFacingError, Equatable {
  /// A destination that isn't written as one.
  case badDestination(String, reason: String)

  package var description: String {
    switch self {
    case .badDestination(let destination, let reason): "'\(destination)' is no destination: \(reason)"
    }
  }

  package var hint: String? {
    switch self {
    case .badDestination:
      "write file:///srv/catalogue, s3://bucket/prefix, oci://registry/name, pypi+https://… or index://directory"
    }
  }
}
