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
    let assembly = try BundleAssembly(store: store, at: path, expected: expected, cancellation: cancellation)
    for item in layers { try assembly.append(item) }
    try assembly.append(end)
    let bundle = try assembly.finish(at: path)
    if expected == nil { memory.remember(bundle.digest) }
    return bundle
  }
}
