import Artifacts
import Model
import Synchronization
package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Writes the layers, in this order, as one archive: their bytes as they are, an end, and a table of contents.
///
/// The file appears whole or not at all. Every layer's bytes are checked on the way (docs/formats.md, "Integrity").
///
/// - Throws: `LayersError.collision`, or `LayersError.corruptLayer` for layers whose bytes have changed in the
///   store; these are removed from it, so that the caller can make them again and repeat the call.
package func writeBundle(
  _ layers: [BundleLayer], metadata: [String: String], store: LayerStore, to path: FilePath,
  isCaseSensitive: Bool = false
) async throws -> BundleFile {
  try await blocking { cancellation in
    try store.lock.share()
    let end = try BundleEnd.encode(TableOfContents(layers, metadata: metadata))
    let memory = BundleMemory(store: store, layers: layers, end: end, isCaseSensitive: isCaseSensitive)
    let expected = memory.recall()
    if expected == nil { try store.checkCollisions(of: layers, isCaseSensitive: isCaseSensitive) }
    try makeDirectory(path.removingLastComponent())
    let draft = try Draft(in: path.removingLastComponent(), prefix: ".\(path.lastComponent?.string ?? "").")
    for item in layers {
      try cancellation.check()
      try draft.file.appendLayer(item, from: store)
    }
    try draft.write(end)
    let digest = try draft.file.digest(cancellation)
    if digest != expected {
      try store.verify(layers, in: draft.file, cancellation)
      memory.remember(digest)
    }
    try draft.finish(at: path, permissions: 0o644)
    return BundleFile(
      path: path, digest: digest, size: layers.reduce(Int64(end.count)) { $0 + $1.layer.size })
  }
}

extension LayerStore {
  /// Hashes those layers of a bundle that this process has not made or hashed yet, as they are in the bundle.
  fileprivate func verify(_ layers: [BundleLayer], in file: FileDescriptor, _ cancellation: Cancellation)
    throws
  {
    var damaged: [BundleLayer] = []
    var offset: Int64 = 0
    for item in layers {
      defer { offset += item.layer.size }
      let digest = try file.digest(offset: offset, size: item.layer.size, cancellation)
      if digest == item.layer.digest {
        state.verified.withLock { _ = $0.insert(digest) }
      } else {
        damaged.append(item)
        removeDamaged(item.layer.digest)
      }
    }
    if !damaged.isEmpty {
      throw LayersError.corruptLayer(damaged.map(\.layer.digest), names: damaged.map(\.name))
    }
  }
}

extension FileDescriptor {
  fileprivate func appendLayer(_ item: BundleLayer, from store: LayerStore) throws {
    let path = store.path(of: item.layer.digest)
    let source: FileDescriptor
    do {
      source = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    } catch Errno.noSuchFileOrDirectory {
      throw LayersError.corruptLayer([item.layer.digest], names: [item.name])
    } catch {
      throw FileError(verb: "read", path: path, cause: error)
    }
    let copied = try source.closeAfter { try append(source, limit: item.layer.size) }
    guard copied == item.layer.size else {
      store.removeDamaged(item.layer.digest)
      throw LayersError.corruptLayer([item.layer.digest], names: [item.name])
    }
  }
}
