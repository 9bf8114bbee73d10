import Artifacts
import Layers
import Model
import SystemPackage

/// What lies in a cache, by kind.
struct CacheInventory: Encodable {
  struct Part: Encodable {
    let name: String
    let files: Int
    let bytes: Int64
  }

  let directory: String
  let parts: [Part]
  var bytes: Int64 { parts.reduce(0) { $0 + $1.bytes } }

  init(of cache: FilePath) async throws {
    directory = cache.string
    let artifacts = try await ArtifactStore(cache: cache).list()
    let store = LayerStore(cache: cache)
    let layers = try await blocking { _ in try store.inventory() }
    let others = ["http", "partial"] + CacheDirectory.workNames
    let rest = try await blocking { cancellation in
      try others.map { name in
        let (files, bytes) = try treeSize(cache.appending(name), cancellation)
        return Part(name: name, files: files, bytes: bytes)
      }
    }
    parts =
      [
        Part(name: "artifacts", files: artifacts.count, bytes: artifacts.reduce(0) { $0 + $1.size }),
        Part(name: "layers", files: layers.count, bytes: layers.reduce(0) { $0 + $1.size }),
      ] + rest.filter { $0.files > 0 }
  }
}
