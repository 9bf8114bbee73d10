import Layers
import Model
import SystemPackage

/// A small bundle in a directory of its own, with its layers in a store.
struct BundleMaker {
  let directory: FilePath
  let store: LayerStore

  init(in directory: FilePath) {
    self.directory = directory
    store = LayerStore(cache: cache(of: directory))
  }

  /// Packs files into a layer; those in `bin` are executable.
  func layer(_ name: String, kind: String, _ files: [String: [UInt8]]) async throws -> BundleLayer {
    let key = LayerKey(kind: kind, version: 1, fields: [("name", name)])
    let layer = try await store.make(key, level: 1) { writer, _ in
      for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
        try writer.addFile(path, bytes: bytes, executable: path.hasPrefix("bin/"))
      }
    }
    return BundleLayer(name: name, kind: kind, layer: layer)
  }

  func bundle(_ layers: [BundleLayer]) async throws -> FilePath {
    try await writeBundle(layers, metadata: [:], store: store, to: directory.appending("dist/b.tar.zst")).path
  }

  /// A shell script that answers as Python 3.13.5 would, and runs `imports` with the import's name in `$3`.
  static func interpreter(imports: String = "echo 'ppp-verify imported'") -> [UInt8] {
    let text = #"""
      #!/bin/sh
      root=$(cd "$(dirname "$0")/.." && pwd -P)
      if [ $# = 2 ]; then
        printf '{"version": "3.13.5", "prefix": "%s", "path": ["%s/lib"], "machine": "%s"}\n' \
          "$root" "$root" "$(uname -m)"
        exit
      fi
      \#(imports)

      """#
    return Array(text.utf8)
  }
}

func cache(of directory: FilePath) -> FilePath { directory.appending("cache") }
