package import Model
package import SystemPackage

/// Why an environment can't be pulled.
package enum PullError: UserFacingError, Equatable {
  /// Neither a published catalogue nor a `dist` folder.
  case noCatalogue(String)
  case noSource
  case unknownEnvironment(String, place: String, nearest: String?)
  case notForPlatform(String, Platform?, platforms: [Platform])
  case unknownVersion(CellID, PublishedVersion, versions: [PublishedVersion])
  /// A directory with something in it that `ppp pull` has not made.
  case occupied(FilePath)
  case damagedState(FilePath, reason: String)
  case nothingPulled(FilePath)
  case noEarlierTree(FilePath)

  package var description: String {
    switch self {
    case .noCatalogue(let place): "there is no catalogue at '\(place)'"
    case .noSource: "nothing says where to pull from"
    case .unknownEnvironment(let id, let place, _): "there is no '\(id)' at '\(place)'"
    case .notForPlatform(let id, let platform?, _): "'\(id)' is not there for '\(platform)'"
    case .notForPlatform(let id, nil, _): "'\(id)' is not there for this machine"
    case .unknownVersion(let cell, let version, _): "'\(cell)' has no version \(version)"
    case .occupied(let path): "'\(path)' is not empty, and 'ppp pull' has not made it"
    case .damagedState(let path, let reason): "'\(path)' can't be read: \(reason)"
    case .nothingPulled(let path): "nothing was pulled into '\(path)'"
    case .noEarlierTree(let path): "'\(path)' has no environment from before the current one"
    }
  }

  package var hint: String? {
    switch self {
    case .noCatalogue: "name a folder with an index.json or a catalogue.json in it, as URL or directory"
    case .noSource: "name it with --from URL; it is remembered"
    case .unknownEnvironment(_, _, let nearest): nearest.map { "did you mean '\($0)'?" }
    case .notForPlatform(_, _, let platforms):
      "choose with --platform: \(platforms.map(\.description).joined(separator: ", "))"
    case .unknownVersion(_, _, let versions):
      "there are \(versions.suffix(10).map(\.description).joined(separator: ", "))"
    case .occupied: "choose another directory with --into"
    case .damagedState(let path, _):
      "remove '\(path.removingLastComponent())' and pull again; what is current stays until then"
    case .nothingPulled, .noEarlierTree: nil
    }
  }
}
