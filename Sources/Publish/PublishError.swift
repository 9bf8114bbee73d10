package import Model

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
  /// A layer that is neither in the cache nor in its bundle's file.
  case lostLayer(String, cell: CellID)
  /// A bundle that is on record, and whose file is not there or of another size.
  case lostBundle(String, cell: CellID)
  /// Something else is published under the version already.
  case conflict(CellID, PublishedVersion, old: Digest, new: Digest)
  /// The catalogue at a place is signed, and nobody said with what to sign the next one.
  case needsSignature(place: String)
  /// Others published all the time, so that this one was never first.
  case crowded(place: String, attempts: Int)
  /// No bundle is on record.
  case nothingBuilt

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
    case .lostLayer(let name, let cell):
      "layer '\(name)' of '\(cell)' is neither in the cache nor in the bundle's file"
    case .lostBundle(let file, let cell): "the bundle of '\(cell)' is not at '\(file)' as it was recorded"
    case .conflict(let cell, let version, let old, let new):
      "'\(cell)' is published as version \(version) with other content (\(old), not \(new))"
    case .needsSignature(let place): "the catalogue at '\(place)' is signed, and this one would not be"
    case .nothingBuilt: "nothing is on record that could be published"
    case .crowded(let place, let attempts):
      "others changed the catalogue at '\(place)' each of the \(attempts) times that this one tried"
    }
  }

  package var hint: String? {
    switch self {
    case .badDestination:
      "write file:///srv/catalogue, s3://bucket/prefix, oci://registry/name, pypi+https://… or index://directory"
    case .unsuitable: nil
    case .missingObject, .damagedObject: "publish the bundles again, with --replace"
    case .malformed: "check that it is a catalogue that ppp has published"
    case .changedBytes: "run 'ppp build', then publish again"
    case .newerFormat: "use a newer ppp"
    case .lostLayer, .lostBundle: "run 'ppp build', then publish again"
    case .conflict: "publish it as another version, or with --replace"
    case .needsSignature: "sign it with --sign KEY; 'ppp key list' names your keys"
    case .nothingBuilt: "build something first: ppp build"
    case .crowded: "try again: what was sent is kept"
    }
  }
}
