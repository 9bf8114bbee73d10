import Artifacts
import Model
import Synchronization
import SystemPackage

extension LayerStore {
  /// Whether this process has made or hashed the file, and it has not changed since.
  func isVerified(_ layer: Layer, _ version: FileIdentity) -> Bool {
    state.verified.withLock { $0[layer.digest] == version }
  }

  func setVerified(_ layer: Layer, _ version: FileIdentity) {
    state.verified.withLock { $0[layer.digest] = version }
  }

  /// Hashes a layer that is about to be read for another to be made of it, unless that was done before.
  ///
  /// - Throws: `LayersError.corruptLayer` when it is damaged; it is removed then.
  func verify(_ layer: Layer, _ cancellation: Cancellation) throws {
    let item = BundleLayer(name: "layer \(layer.digest)", kind: "", layer: layer)
    try withLayerFile(item) { file, _ in
      let version = try FileIdentity(of: file)
      if isVerified(layer, version) { return }
      guard try file.digest(cancellation) == layer.digest else { throw damage([item]) }
      setVerified(layer, version)
    }
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
