import Artifacts
import Model
package import SystemPackage

/// Writes the layers' files as one zip archive, for platforms where that is what people unpack.
///
/// Names are UTF-8, executable bits and symbolic links are kept, every time is 1980-01-01, and the same layers give
/// the same bytes. Each layer is deflated once; later bundles copy what that gave. Levels above 9 count as 9.
///
/// - Throws: as `writeBundle`.
package func writeZipBundle(
  _ layers: [BundleLayer], store: LayerStore, to path: FilePath, level: Int = 6, isCaseSensitive: Bool = false
) async throws -> BundleFile {
  let segments = try await layers.concurrentMap(width: 2) { item in
    let segment = try await store.zipSegment(of: item.layer, level: min(level, 9))
    return BundleLayer(name: item.name, kind: item.kind, layer: segment)
  }
  return try await blocking { cancellation in
    let memory = BundleMemory(
      store: store, layers: segments, end: Array("zip".utf8), isCaseSensitive: isCaseSensitive)
    let expected = memory.recall()
    if expected == nil { try store.checkCollisions(of: layers, isCaseSensitive: isCaseSensitive) }
    let assembly = try BundleAssembly(store: store, at: path, expected: expected, cancellation: cancellation)
    var directory = ZipDirectory()
    for item in segments {
      let (added, membersSize) = try store.withLayerFile(item) { file, path in
        try ZipDirectory.read(file, size: item.layer.size, path: path)
      }
      try directory.append(added, movedTo: assembly.size, path: path)
      try assembly.append(item, limit: membersSize)
    }
    try assembly.append(directory.encoded(at: assembly.size))
    let bundle = try assembly.finish(at: path)
    if expected == nil { memory.remember(bundle.digest) }
    return bundle
  }
}
