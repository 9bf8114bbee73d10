import Artifacts
import FoundationEssentials
package import Model
import Synchronization
package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Layers by the digest of their bytes, and by the key of what they are made of.
///
/// `<cache>/layers/sha256/ab/<hex>` are the layers, `<cache>/layers/keys/<hex>` the keys. Files are written
/// beside their place and renamed, so several processes may use one store at once. A layer that is missing or
/// has another size than recorded counts as absent; its bytes are checked when a bundle is made of it.
package struct LayerStore: Sendable {
  package let root: FilePath
  /// The time stamp of every file in a layer, in seconds since 1970; a part of what a layer is made of.
  package let modificationTime: Int64
  let state = State()

  /// What all copies of one store share.
  final class State: Sendable {
    /// The layers whose bytes this process has made or hashed, as their files were then.
    let verified = Mutex<[Digest: FileIdentity]>([:])
    let tables = Mutex(TableCache())
    let flights = SingleFlight<Digest, Layer>()
  }

  let lock: CacheLock

  /// Names a store; nothing is made on disk before the first layer is.
  ///
  /// The modification time is SOURCE_DATE_EPOCH where that is set.
  package init(cache: FilePath, modificationTime: Int64 = 0) {
    root = cache.appending("layers")
    self.modificationTime = max(0, modificationTime)
    lock = CacheLock(cache: root)
  }

  /// Where the layer with this digest is, if it is there.
  package func path(of digest: Digest) -> FilePath {
    root.appending("sha256").appending(String(digest.hex.prefix(2))).appending(digest.hex)
  }

  var keys: FilePath { root.appending("keys") }
  var drafts: FilePath { root.appending("drafts") }

  func path(of key: LayerKey) -> FilePath {
    keys.appending(KeyRecord.digest(of: key, modificationTime: modificationTime).hex)
  }

  /// The layer that was made of this key, or nil when there is none, or no longer a whole one.
  package func find(_ key: LayerKey) async throws -> Layer? {
    try await blocking { _ in
      try lock.share()
      return findNow(key)
    }
  }

  func findNow(_ key: LayerKey) -> Layer? {
    let path = path(of: key)
    guard let record = record(at: path), record.key == key, isPresent(record.layer) else { return nil }
    // The time of last use only guides pruning; in a cache that can't be written there is none.
    utimes(path.string, nil)
    return record.layer
  }

  /// A record that can't be read or is of another format is no record.
  func record(at path: FilePath) -> KeyRecord? {
    guard let bytes = try? readFile(path),
      let record = try? JSONDecoder().decode(KeyRecord.self, from: Data(bytes)),
      record.format == KeyRecord.currentFormat
    else { return nil }
    return record
  }

  func isPresent(_ layer: Layer) -> Bool {
    var status = stat()
    return stat(path(of: layer.digest).string, &status) == 0 && Int64(status.st_size) == layer.size
  }

  /// What is in a layer, in the layer's order; it blocks for the time of reading the layer's table.
  ///
  /// - Throws: `LayersError.corruptLayer` when the table is damaged; the layer is removed then.
  package func entries(of layer: Layer) throws -> [LayerEntry] {
    if let entries = state.tables.withLock({ $0[layer.digest] }) { return entries }
    let path = path(of: layer.digest)
    let file: FileDescriptor
    do {
      file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    } catch Errno.noSuchFileOrDirectory {
      throw LayersError.corruptLayer([layer.digest], names: ["layer \(layer.digest)"])
    } catch {
      throw FileError(verb: "read", path: path, cause: error)
    }
    let table = try file.closeAfter { try FileTable.read(from: file, at: 0, size: layer.size) }
    guard let table else {
      removeDamaged(layer.digest)
      throw LayersError.corruptLayer([layer.digest], names: ["layer \(layer.digest)"])
    }
    state.tables.withLock { $0.keep(table.entries, of: layer.digest) }
    return table.entries
  }

  func removeDamaged(_ digest: Digest) {
    state.verified.withLock { $0[digest] = nil }
    state.tables.withLock { $0.forget(digest) }
    // In a cache that can't be written a damaged layer stays, and is reported each time.
    unlink(path(of: digest).string)
  }
}
