import Artifacts
package import Model
import Synchronization
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

extension LayerStore {
  /// A layer that is in the store, as `ppp cache info` lists it.
  package struct StoredLayer: Sendable, Hashable {
    package let digest: Digest
    /// In bytes.
    package let size: Int64
    /// In seconds since 1970: when a key last led to it.
    package let lastUse: Int64
    /// What it was made of; none when nothing refers to it any more.
    package let keys: [LayerKey]
  }

  /// What pruning took away.
  package struct Pruned: Sendable, Hashable {
    package var layers = 0
    package var bytes: Int64 = 0
    package var keys = 0
  }

  /// Every layer, ordered by digest; it blocks.
  package func inventory() throws -> [StoredLayer] {
    var keysOfLayer: [Digest: [LayerKey]] = [:]
    var lastUse: [Digest: Int64] = [:]
    for name in try names(in: keys) {
      var status = stat()
      let path = keys.appending(name)
      guard let record = record(at: path), stat(path.string, &status) == 0 else { continue }
      let digest = record.layer.digest
      keysOfLayer[digest, default: []].append(record.key)
      lastUse[digest] = max(lastUse[digest] ?? 0, Int64(status.st_mtim.tv_sec))
    }
    let tree = root.appending("sha256")
    var found: [StoredLayer] = []
    for prefix in try names(in: tree) {
      for name in try names(in: tree.appending(prefix)) {
        var status = stat()
        guard let digest = try? Digest(parsing: name), stat(path(of: digest).string, &status) == 0 else {
          continue
        }
        found.append(
          StoredLayer(
            digest: digest, size: Int64(status.st_size),
            lastUse: lastUse[digest] ?? Int64(status.st_mtim.tv_sec),
            keys: (keysOfLayer[digest] ?? []).sorted { $0.canonicalJSON < $1.canonicalJSON }))
      }
    }
    return found
  }

  /// Removes these layers, keys whose layer is not there, and drafts of processes that died; it blocks.
  ///
  /// - Returns: what was there and no longer is.
  /// - Throws: `ArtifactError.cacheInUse` while another process uses the store.
  package func prune(_ digests: [Digest]) throws -> Pruned {
    guard try !names(in: root).isEmpty else { return Pruned() }
    return try lock.withExclusive {
      var pruned = Pruned()
      for digest in digests {
        var status = stat()
        guard stat(path(of: digest).string, &status) == 0 else { continue }
        try removeTree(path(of: digest))
        state.verified.withLock { $0[digest] = nil }
        state.tables.withLock { $0.forget(digest) }
        pruned.layers += 1
        pruned.bytes += Int64(status.st_size)
      }
      for name in try names(in: keys) {
        if let record = record(at: keys.appending(name)), isPresent(record.layer) { continue }
        try removeTree(keys.appending(name))
        pruned.keys += 1
      }
      try removeTree(drafts)
      try removeTree(BundleMemory.directory(of: self))
      return pruned
    }
  }

  /// A directory that is not there has no names in it.
  private func names(in directory: FilePath) throws -> [String] {
    do {
      return try listDirectory(directory)
    } catch  where error.code == .noSuchFileOrDirectory {
      return []
    }
  }
}
