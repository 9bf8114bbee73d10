import Model
import Synchronization
import SystemPackage

extension LayerStore {
  /// Hashes the layers' files: those that this process has not made or hashed yet, or all of them.
  ///
  /// - Throws: `LayersError.corruptLayer` with all that are damaged; they are removed.
  func verify(_ layers: [BundleLayer], again: Bool = false, _ cancellation: Cancellation) throws {
    var damaged: [BundleLayer] = []
    for item in layers where again || !state.verified.withLock({ $0.contains(item.layer.digest) }) {
      let digest = try withLayerFile(item) { file, _ in try file.digest(cancellation) }
      if digest == item.layer.digest {
        state.verified.withLock { _ = $0.insert(digest) }
      } else {
        damaged.append(item)
      }
    }
    if !damaged.isEmpty { throw damage(damaged) }
  }

  /// As `verify`, for one layer that is about to be read for another to be made of it.
  func verify(_ layer: Layer, _ cancellation: Cancellation) throws {
    let name = "layer \(layer.digest)"
    try verify([BundleLayer(name: name, kind: "", layer: layer)], cancellation)
  }

  /// Opens a layer for reading; one that is not there counts as damaged.
  func withLayerFile<Value>(
    _ item: BundleLayer, _ body: (FileDescriptor, FilePath) throws -> Value
  ) throws -> Value {
    let path = path(of: item.layer.digest)
    let file: FileDescriptor
    do {
      file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    } catch Errno.noSuchFileOrDirectory {
      throw damage([item])
    } catch {
      throw FileError(verb: "read", path: path, cause: error)
    }
    return try file.closeAfter { try body(file, path) }
  }

  /// Removes damaged layers, so that they are made again, and says which they were.
  func damage(_ layers: [BundleLayer]) -> LayersError {
    for item in layers { removeDamaged(item.layer.digest) }
    return .corruptLayer(layers.map(\.layer.digest), names: layers.map(\.name))
  }
}
