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
      let copied = try store.withLayerFile(item) { file, _ in try draft.append(file, limit: item.layer.size) }
      guard copied == item.layer.size else { throw store.damage([item]) }
    }
    try draft.write(end)
    let digest = try draft.file.digest(cancellation)
    if digest != expected {
      try store.verify(layers, again: expected != nil, cancellation)
      memory.remember(digest)
    }
    try draft.finish(at: path, permissions: 0o644)
    return BundleFile(
      path: path, digest: digest, size: layers.reduce(Int64(end.count)) { $0 + $1.layer.size })
  }
}
