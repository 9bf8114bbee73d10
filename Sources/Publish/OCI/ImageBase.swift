package import Model

/// What lies below the environments of images: a C library and a shell, for each platform.
package struct ImageBase: Sendable {
  package struct Layer: Sendable {
    package let name: String
    package let object: ObjectReference
    package let bytes: ObjectBytes
    /// Of what it is unpacked.
    package let contentDigest: Digest

    package init(name: String, object: ObjectReference, bytes: ObjectBytes, contentDigest: Digest) {
      self.name = name
      self.object = object
      self.bytes = bytes
      self.contentDigest = contentDigest
    }
  }

  private let layers: [Platform: [Layer]]

  package init(_ layers: [Platform: [Layer]]) { self.layers = layers }

  subscript(platform: Platform) -> [Layer] { layers[platform] ?? [] }
}
