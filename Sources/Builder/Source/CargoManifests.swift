import Model
import SystemPackage

/// The `Cargo.toml` files of a source that are not of crates it has with it, the nearest to its top first.
struct CargoManifests {
  private let all: [(path: FilePath, depth: Int)]

  init(below directory: FilePath) throws {
    var found: [(path: FilePath, depth: Int)] = []
    func look(_ directory: FilePath, _ depth: Int) throws {
      let names = try listDirectory(directory)
      guard !names.contains(".cargo-checksum.json") else { return }
      if names.contains("Cargo.toml") { found.append((directory.appending("Cargo.toml"), depth)) }
      for name in names
      where FileStatus(of: directory.appending(name), followingLinks: false)?.kind == .directory {
        try look(directory.appending(name), depth + 1)
      }
    }
    try look(directory, 0)
    all = found.sorted { ($0.depth, $0.path.string) < ($1.depth, $1.path.string) }
  }

  /// The first of all.
  var first: FilePath? { all.first?.path }

  /// Of those with a `Cargo.lock` beside them, the nearest to the top: what is further down is tests and examples.
  var locked: [FilePath] {
    let locked = all.filter {
      FileStatus(of: $0.path.removingLastComponent().appending("Cargo.lock")) != nil
    }
    return locked.filter { $0.depth == locked.first?.depth }.map(\.path)
  }
}
