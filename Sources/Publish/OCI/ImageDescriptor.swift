package import Model

/// What something in a registry is, and which bytes it has.
///
/// Specification: https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md
package struct ImageDescriptor: Hashable, Sendable, Codable {
  package var mediaType: String
  package var digest: Digest
  /// In bytes.
  package var size: Int64
  package var artifactType: String?
  package var platform: ImagePlatform?
  package var annotations: [String: String]?

  package init(
    mediaType: String, digest: Digest, size: Int64, artifactType: String? = nil,
    platform: ImagePlatform? = nil, annotations: [String: String]? = nil
  ) {
    self.mediaType = mediaType
    self.digest = digest
    self.size = size
    self.artifactType = artifactType
    self.platform = platform
    self.annotations = annotations
  }

  /// The descriptor alone, without what was said about it where it was referred to.
  var bare: ImageDescriptor { ImageDescriptor(mediaType: mediaType, digest: digest, size: size) }
}

/// The media types that are written here.
enum MediaType {
  static let manifest = "application/vnd.oci.image.manifest.v1+json"
  static let index = "application/vnd.oci.image.index.v1+json"
  static let configuration = "application/vnd.oci.image.config.v1+json"
  static let layer = "application/vnd.oci.image.layer.v1.tar+zstd"
  static let empty = "application/vnd.oci.empty.v1+json"
  static let sbom = "application/vnd.cyclonedx+json"
  static let provenance = "application/vnd.in-toto+json"
  static let signature = "application/vnd.ppp.minisign.v1"
  /// What a bundle's image does not say: its manifest, and the end of its file.
  static let bundle = "application/vnd.ppp.bundle.v1+json"
  /// A file of the catalogue: `index.json`, its signature, the page.
  static let file = "application/vnd.ppp.file.v1"
  static let bytes = "application/octet-stream"

  /// What a manifest may come as; Docker's own are read, never written.
  static let manifests = [
    manifest, index, "application/vnd.docker.distribution.manifest.v2+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
  ]
  static func isIndex(_ type: String) -> Bool { type == index || type == manifests[3] }
}

/// The annotations that ppp reads again.
enum Annotation {
  static let runenv = "ppp.runenv"
  static let bundle = "ppp.bundle"
  static let version = "org.opencontainers.image.version"
  static let title = "org.opencontainers.image.title"
  static let created = "org.opencontainers.image.created"
  static let layer = "ppp.layer"
}
