import Artifacts
import FoundationEssentials
import Model

/// An image or an artifact: a configuration and layers.
///
/// Specification: https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md
package struct ImageManifest: Hashable, Sendable, Codable {
  package private(set) var schemaVersion = 2
  package private(set) var mediaType: String? = MediaType.manifest
  package var artifactType: String?
  package var config: ImageDescriptor
  package var layers: [ImageDescriptor]
  /// What the artifact is about.
  package var subject: ImageDescriptor?
  package var annotations: [String: String]?

  package init(
    config: ImageDescriptor, layers: [ImageDescriptor], artifactType: String? = nil,
    subject: ImageDescriptor? = nil, annotations: [String: String]? = nil
  ) {
    self.config = config
    self.layers = layers
    self.artifactType = artifactType
    self.subject = subject
    self.annotations = annotations
  }

  /// Everything that must be in the registry before the manifest is.
  var blobs: [ImageDescriptor] { [config] + layers }
}

/// Several images under one name, one for each platform, or what refers to an image.
///
/// Specification: https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md
package struct ImageIndex: Hashable, Sendable, Codable {
  package private(set) var schemaVersion = 2
  package private(set) var mediaType: String? = MediaType.index
  package var manifests: [ImageDescriptor]
  package var annotations: [String: String]?

  package init(_ manifests: [ImageDescriptor], annotations: [String: String]? = nil) {
    self.manifests = manifests
    self.annotations = annotations
  }
}

/// A document of a registry as it is sent, with its digest.
struct ImageDocument: Hashable, Sendable {
  let bytes: [UInt8]
  let mediaType: String
  let digest: Digest

  init(bytes: [UInt8], mediaType: String) {
    self.bytes = bytes
    self.mediaType = mediaType
    digest = .sha256(of: bytes)
  }

  /// Keys are sorted, so that equal values are equal bytes.
  init(_ value: some Encodable, mediaType: String) throws {
    self.init(bytes: try canonicalJSON(value), mediaType: mediaType)
  }

  var descriptor: ImageDescriptor {
    ImageDescriptor(mediaType: mediaType, digest: digest, size: Int64(bytes.count))
  }

  func decode<Value: Decodable>(_: Value.Type, as name: String) throws(RegistryError) -> Value {
    do {
      return try JSONDecoder().decode(Value.self, from: Data(bytes))
    } catch {
      throw .malformed(name, reason: "it is no JSON of that kind")
    }
  }
}
