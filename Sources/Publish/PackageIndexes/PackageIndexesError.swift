package import Model

/// Why wheels of the catalogue can't be offered to installers.
package enum PackageIndexesError: UserFacingError, Equatable {
  /// A wheel that was built here, of which only the digest is known.
  case unnamed(PackageName, version: String, cell: CellID)
  case ambiguous(String, cells: [CellID])
  /// A wheel that was made here and is gone.
  case lost(String, cell: CellID)
  /// The index has a file of this name with other bytes.
  case conflict(String, place: String, old: Digest, new: Digest)
  /// The index takes no file of this name, without saying what it has.
  case refused(String, place: String, status: Int, reason: String?)
  /// The user name and password are missing or wrong.
  case unauthorized(String)
  /// A file that isn't one of an index that ppp has written.
  case malformed(String, place: String)

  package var description: String {
    switch self {
    case .unnamed(let package, let version, let cell):
      "the wheel of '\(package)' \(version) in '\(cell)' was built here, and is no longer known by name"
    case .ambiguous(let name, let cells):
      "there are different wheels called '\(name)', in "
        + cells.map { "'\($0)'" }.joined(separator: " and ")
    case .lost(let name, let cell): "the wheel '\(name)' of '\(cell)' is no longer in the cache"
    case .conflict(let name, let place, let old, let new):
      "'\(place)' has another '\(name)': \(old), not \(new)"
    case .refused(let name, let place, let status, let reason):
      "'\(place)' answered \(status) to '\(name)'" + (reason.map { ": \($0)" } ?? "")
    case .unauthorized(let place): "'\(place)' wants another user name and password"
    case .malformed(let name, let place): "'\(name)' in '\(place)' is no page that ppp has written"
    }
  }

  package var hint: String? {
    switch self {
    case .unnamed, .lost: "run 'ppp cache clean' and 'ppp build' to make it again"
    case .ambiguous: "publish bundles with the one and with the other to indexes of their own"
    case .conflict: "give the package a new version, or publish with --replace"
    case .refused(_, _, 400, _), .refused(_, _, 409, _):
      "if the file is there already, name the index to compare it with: ?simple=https://host/simple"
    case .refused: nil
    case .unauthorized: "put them in ~/.netrc, or in PPP_INDEX_<HOST>_USERNAME and PPP_INDEX_<HOST>_PASSWORD"
    case .malformed: "remove it, and publish again"
    }
  }
}
