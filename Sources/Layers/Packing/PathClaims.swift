/// The paths of a tree as it grows, and the refusal of those that cannot stand beside what is there.
///
/// Two files at one path, a file where a directory is, and anything below a file or a symbolic link are refused;
/// by default also names that differ only in letter case or in Unicode normalisation, which macOS and Windows
/// take for the same. Directories may repeat, and directories that differ only in case are one.
struct PathClaims {
  enum Kind {
    case file
    case directory
    case symlink
  }

  private struct Claim {
    let path: String
    let kind: Kind
    /// Which layer's it is, where several are put together.
    let owner: Int
  }

  /// What already stands at a path, and whose it is.
  struct Conflict: Error {
    let path: String
    let owner: Int
  }

  private let isCaseSensitive: Bool
  private var claims: [String: Claim] = [:]

  init(isCaseSensitive: Bool = false) {
    self.isCaseSensitive = isCaseSensitive
  }

  func holds(_ path: String) -> Bool { claims[key(path)] != nil }

  mutating func claim(_ path: String, as kind: Kind) throws(LayersError) {
    do {
      try claim(path, as: kind, owner: 0)
    } catch {
      throw .duplicatePath(path, other: error.path)
    }
  }

  mutating func claim(_ path: String, as kind: Kind, owner: Int) throws(Conflict) {
    let key = key(path)
    if let there = claims[key] {
      guard kind == .directory, there.kind == .directory else {
        throw Conflict(path: there.path, owner: there.owner)
      }
      return
    }
    for parent in LayerPath.parents(of: key) {
      guard let there = claims[String(parent)] else { continue }
      guard there.kind == .directory else { throw Conflict(path: there.path, owner: there.owner) }
      break
    }
    claims[key] = Claim(path: path, kind: kind, owner: owner)
    var directory = Substring(path)
    for parent in LayerPath.parents(of: key) {
      let name = String(parent)
      if claims[name] != nil { break }
      directory = LayerPath.parents(of: String(directory)).first { _ in true } ?? parent
      claims[name] = Claim(path: String(directory), kind: .directory, owner: owner)
    }
  }

  private func key(_ path: String) -> String { isCaseSensitive ? path : LayerPath.folded(path) }
}
