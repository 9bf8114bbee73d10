import Artifacts
import Model

/// What the store remembers of a key: what was made of it, and the key itself, so that "why" can be answered.
struct KeyRecord: Codable {
  /// Rises with every change of the layer format; layers of another format are made anew.
  static let currentFormat = 1

  let format: Int
  let modificationTime: Int64
  let key: LayerKey
  let layer: Layer

  init(key: LayerKey, layer: Layer, modificationTime: Int64) {
    format = Self.currentFormat
    self.modificationTime = modificationTime
    self.key = key
    self.layer = layer
  }

  /// The name of the record's file: the key's encoding together with what the store itself adds to a layer.
  static func digest(of key: LayerKey, modificationTime: Int64) -> Digest {
    Digest.sha256(
      of:
        "{\"format\":\(currentFormat),\"key\":\(key.canonicalJSON),\"modificationTime\":\(modificationTime)}")
  }
}
