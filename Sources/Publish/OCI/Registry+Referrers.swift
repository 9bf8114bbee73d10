import Artifacts
import Model

/// Documents that are about an image: its bill of materials, its provenance, its signature.
///
/// Specification: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema
extension Registry {
  /// The list of what refers to an image, for registries that keep none themselves.
  static func referrersTag(of digest: Digest) -> ImageTag { ImageTag(naming: "sha256-\(digest.hex)") }

  /// Writes an artifact that is about `subject`, with one document as its only layer.
  ///
  /// The same document again changes nothing.
  func attach(
    _ documents: [ImageDescriptor], as type: String, to subject: ImageDescriptor,
    annotations: [String: String]? = nil
  ) async throws {
    let manifest = ImageManifest(
      config: Self.emptyConfiguration, layers: documents, artifactType: type, subject: subject.bare,
      annotations: annotations)
    let document = try ImageDocument(manifest, mediaType: MediaType.manifest)
    _ = try await put(Self.emptyConfiguration.reference, from: .bytes(Self.empty))
    if try await put(document) { return }
    var descriptor = document.descriptor
    descriptor.artifactType = type
    descriptor.annotations = annotations
    try await list(descriptor, about: subject)
  }

  /// Takes a descriptor into the list by tag; what another publisher puts there at the same time stays.
  private func list(_ descriptor: ImageDescriptor, about subject: ImageDescriptor) async throws {
    let tag = Self.referrersTag(of: subject.digest)
    for _ in 0..<Self.listAttempts {
      var index = try await index(tagged: tag) ?? ImageIndex([])
      if index.manifests.contains(where: { $0.digest == descriptor.digest }) { return }
      index.manifests.append(descriptor)
      try await put(ImageDocument(index, mediaType: MediaType.index), tag: tag)
    }
    throw RegistryError.malformed("'\(tag)' of '\(repository)'", reason: "others change it all the time")
  }

  private static var listAttempts: Int { 20 }

  /// What refers to an image.
  func referrers(of digest: Digest) async throws -> [ImageDescriptor] {
    let response = try await send(.get, "/referrers/\(digest)", limit: Self.manifestLimit)
    if response.isSuccess {
      let document = ImageDocument(bytes: response.body, mediaType: MediaType.index)
      return try document.decode(ImageIndex.self, as: "the list of referrers").manifests
    }
    return try await index(tagged: Self.referrersTag(of: digest))?.manifests ?? []
  }

  func index(tagged tag: ImageTag) async throws -> ImageIndex? {
    try await document(tagged: tag)?.decode(ImageIndex.self, as: "'\(tag)' of '\(repository)'")
  }

  /// The configuration of what has none.
  static let empty = Array("{}".utf8)
  static let emptyConfiguration = ImageDescriptor(
    mediaType: MediaType.empty, digest: .sha256(of: empty), size: Int64(empty.count))
}

extension ImageDescriptor {
  var reference: ObjectReference { ObjectReference(digest: digest, size: size) }

  init(_ object: ObjectReference, mediaType: String, annotations: [String: String]? = nil) {
    self.init(mediaType: mediaType, digest: object.digest, size: object.size, annotations: annotations)
  }
}
