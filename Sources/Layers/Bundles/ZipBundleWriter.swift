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
    try makeDirectory(path.removingLastComponent())
    let draft = try Draft(in: path.removingLastComponent(), prefix: ".\(path.lastComponent?.string ?? "").")
    var directory = ZipDirectory()
    var offset: Int64 = 0
    for item in segments {
      try cancellation.check()
      let (added, size) = try store.withLayerFile(item) { file, path in
        let (added, size) = try ZipDirectory.read(file, size: item.layer.size, path: path)
        return (added, try draft.append(file, limit: size))
      }
      try directory.append(added, movedTo: offset, path: path)
      offset += size
    }
    let end = directory.encoded(at: offset)
    try draft.write(end)
    let digest = try draft.file.digest(cancellation)
    if digest != expected {
      try store.verify(segments, again: expected != nil, cancellation)
      memory.remember(digest)
    }
    try draft.finish(at: path, permissions: 0o644)
    return BundleFile(path: path, digest: digest, size: offset + Int64(end.count))
  }
}
