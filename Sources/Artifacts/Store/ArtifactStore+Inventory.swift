package import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

extension ArtifactStore {
  /// A file of the store, as `ppp cache info` lists it; its bytes have not been looked at.
  package struct Item: Sendable, Hashable {
    package let digest: Digest
    /// In bytes.
    package let size: Int64
    /// When it was stored or last found, in seconds since 1970; exact to an hour.
    package let lastUsed: Int64
  }

  /// What a removal has freed.
  package struct Removal: Sendable, Hashable {
    package var files = 0
    /// In bytes.
    package var bytes: Int64 = 0
  }

  /// All files, those used longest ago first.
  package func list() async throws -> [Item] {
    try await blocking { _ in try listNow() }
  }

  /// The bytes of unfinished downloads and of cached pages.
  package func sizeOfRest() async throws -> Int64 {
    try await blocking { _ in
      try [drafts, pages].flatMap { try files(in: $0) }.reduce(0) { $0 + ($1.identity.size) }
    }
  }

  /// Removes these files; those that aren't there are passed over.
  ///
  /// - Throws: `ArtifactError.cacheInUse` while another process uses the cache, and then removes nothing.
  package func remove(_ digests: [Digest]) async throws -> Removal {
    try await blocking { _ in
      try state.lock.withExclusive { try remove(digests.map { path(of: $0) }) }
    }
  }

  /// Removes unfinished downloads, then the files used longest ago until the others have at most `limit` bytes.
  ///
  /// - Throws: `ArtifactError.cacheInUse` while another process uses the cache, and then removes nothing.
  package func prune(to limit: Int64) async throws -> Removal {
    try await blocking { _ in
      try state.lock.withExclusive {
        let items = try listNow()
        var total = items.reduce(0) { $0 + $1.size }
        let old = items.prefix { item in
          defer { total -= item.size }
          return total > limit
        }
        return try remove(files(in: drafts).map(\.path) + old.map { path(of: $0.digest) })
      }
    }
  }

  /// Removes all that this module has in the cache: files, pages, unfinished downloads.
  ///
  /// - Throws: `ArtifactError.cacheInUse` while another process uses the cache, and then removes nothing.
  package func clean() async throws -> Removal {
    try await blocking { _ in
      try state.lock.withExclusive {
        let rest = try [drafts, pages].flatMap { try files(in: $0) }.map(\.path)
        return try remove(rest + listNow().map { path(of: $0.digest) })
      }
    }
  }
}

extension ArtifactStore {
  /// Where cached pages are.
  var pages: FilePath { cache.appending("http") }

  private func listNow() throws -> [Item] {
    let items = try directories(in: root).flatMap { try files(in: $0) }.compactMap { file -> Item? in
      // What isn't named by a digest is not ours.
      guard let name = file.path.lastComponent?.string, let digest = try? Digest(parsing: name) else {
        return nil
      }
      return Item(digest: digest, size: file.identity.size, lastUsed: Int64(file.identity.seconds))
    }
    return items.sorted { ($0.lastUsed, $0.digest) < ($1.lastUsed, $1.digest) }
  }

  private func directories(in directory: FilePath) throws(FileError) -> [FilePath] {
    guard access(directory.string, F_OK) == 0 else { return [] }
    return try listDirectory(directory).map { directory.appending($0) }.filter { FileIdentity(at: $0) == nil }
  }

  private func files(in directory: FilePath) throws(FileError) -> [(path: FilePath, identity: FileIdentity)] {
    guard access(directory.string, F_OK) == 0 else { return [] }
    return try listDirectory(directory).compactMap { name in
      let path = directory.appending(name)
      return FileIdentity(at: path).map { (path, $0) }
    }
  }

  private func remove(_ paths: [FilePath]) throws(FileError) -> Removal {
    var removal = Removal()
    for path in paths {
      guard let identity = FileIdentity(at: path) else { continue }
      try removeTree(path)
      removal.files += 1
      removal.bytes += identity.size
    }
    return removal
  }
}
