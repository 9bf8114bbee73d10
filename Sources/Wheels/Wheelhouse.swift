package import Artifacts
package import Layers
package import Model
import SystemPackage

/// A layer that holds a wheel as it is, at `packages/<file name>`: the `wheelhouse` layout.
///
/// Users install from it with `pip install --no-index --find-links packages`.
package func wheelhouseLayer(
  of wheel: StoredArtifact, fileName: WheelFileName, in store: LayerStore, level: Int
) async throws -> Layer {
  let key = wheelhouseLayerKey(of: wheel.digest, fileName: fileName, level: level)
  return try await store.make(key, level: level) { writer, cancellation in
    try writer.addFile("packages/\(fileName.text)", size: wheel.size, executable: false) { write in
      let file = try FileDescriptor.open(wheel.path, .readOnly, options: .closeOnExec)
      try file.closeAfter {
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
          try cancellation.check()
          let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
          if count == 0 { return }
          try buffer.withUnsafeBytes { try write(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
      }
    }
  }
}

/// Raised whenever the same wheel would give another layer of a wheelhouse.
package let wheelhouseFormatVersion = 1

/// What the layer of `wheelhouseLayer` depends on.
package func wheelhouseLayerKey(of wheel: Digest, fileName: WheelFileName, level: Int) -> LayerKey {
  LayerKey(
    kind: "wheelhouse", version: wheelhouseFormatVersion,
    fields: [
      ("artifact", wheel.description), ("fileName", fileName.text), ("level", String(level)),
    ])
}
