import Artifacts
import FoundationEssentials
package import Model
import Synchronization
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

extension LayerStore {
  /// The layer of this key: the one that is there, or what `body` packs now.
  ///
  /// Equal keys asked for at the same time in this process are packed once. The body runs on a thread of its own.
  ///
  /// - Parameters:
  ///   - key: what has an influence on the layer, `level` included.
  ///   - level: zstd's compression level, 1 to 22.
  ///   - isCaseSensitive: whether names that differ only in case may stand beside each other, as in a tree that is
  ///     only ever unpacked on Linux.
  ///   - body: adds the layer's files.
  /// - Returns: a layer that is in the store.
  /// - Throws: what the body throws; the store is then as it was.
  package func make(
    _ key: LayerKey, level: Int, isCaseSensitive: Bool = false,
    _ body: @escaping @Sendable (LayerWriter, Cancellation) throws -> Void
  ) async throws -> Layer {
    try await makeFile(key) { draft, cancellation in
      let writer = LayerWriter(
        try FrameWriter(to: draft.file, level: level), modificationTime: modificationTime,
        isCaseSensitive: isCaseSensitive)
      try body(writer, cancellation)
      return try writer.finish()
    }
  }

  /// The file of this key, of whatever format, as one of the store: kept by the digest that `body` returns with it.
  func makeFile(
    _ key: LayerKey, _ body: @escaping @Sendable (Draft, Cancellation) throws -> Layer
  ) async throws -> Layer {
    if let layer = try await find(key) { return layer }
    let name = KeyRecord.digest(of: key, modificationTime: modificationTime)
    return try await state.flights.run(name) {
      try await blocking { cancellation in
        if let layer = findNow(key) { return layer }
        let layer = try place { try body($0, cancellation) }
        try remember(key, layer)
        return layer
      }
    }
  }

  private func place(_ body: (Draft) throws -> Layer) throws -> Layer {
    try prepare()
    let draft = try Draft(in: drafts)
    let layer: Layer
    do {
      layer = try body(draft)
    } catch let error as Errno {
      throw FileError(verb: "write", path: draft.path, cause: error)
    }
    let place = path(of: layer.digest)
    try makeDirectory(place.removingLastComponent())
    try draft.finish(at: place, permissions: 0o444)
    setVerified(layer, try FileIdentity(of: draft.file))
    return layer
  }

  private func remember(_ key: LayerKey, _ layer: Layer) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    let record = KeyRecord(key: key, layer: layer, modificationTime: modificationTime)
    let draft = try Draft(in: drafts)
    try encoder.encode(record).withUnsafeBytes { try draft.write($0) }
    try draft.finish(at: path(of: key), permissions: 0o644)
  }

  /// Makes the directories, the mark by which back-up programs leave a cache out, and holds the store open.
  func prepare() throws {
    try makeDirectory(drafts)
    try makeDirectory(keys)
    try lock.share()
  }
}
