import Model

/// Why something can't be published or pulled.
package enum PublishError: UserFacingError, Equatable {
  /// A destination that isn't written as one.
  case badDestination(String, reason: String)
  /// A destination of this kind can't be used for this.
  case unsuitable(String, for: String)
  /// A catalogue names a file that isn't at its place.
  case missingObject(String, place: String)
  /// A file whose bytes are not those that its name or its catalogue promises.
  case damagedObject(String, place: String)
  /// A file that changed while it was about to be published, or before.
  case changedBytes(String)
  /// A file of a catalogue that can't be read as what it should be.
  case malformed(String, place: String, reason: String)
  /// A file that a newer ppp has written.
  case newerFormat(String, place: String, version: Int)

  package var description: String {
    switch self {
    case .badDestination(let destination, let reason): "'\(destination)' is no destination: \(reason)"
    case .unsuitable(let destination, let use): "'\(destination)' can't be used for \(use)"
    case .missingObject(let name, let place): "'\(name)' is missing at '\(place)'"
    case .damagedObject(let name, let place): "'\(name)' at '\(place)' is not what it should be"
    case .changedBytes(let what): "'\(what)' has changed since it was recorded"
    case .malformed(let name, let place, let reason): "'\(name)' at '\(place)' can't be read: \(reason)"
    case .newerFormat(let name, let place, let version):
      "'\(name)' at '\(place)' has version \(version) of its format, which this ppp does not know"
    }
  }

  package var hint: String? {
    switch self {
    case .badDestination:
      "write file:///srv/catalogue, s3://bucket/prefix, oci://registry/name, pypi+https://… or index://directory"
    case .unsuitable: nil
    case .missingObject, .damagedObject, .malformed: "publish the catalogue again"
    case .changedBytes: "run 'ppp build', then publish again"
    case .newerFormat: "use a newer ppp"
    }
  }
}
