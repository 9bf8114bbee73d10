import Artifacts
import Catalogue
import Model

/// How an image is made of a bundle.
extension RegistryImages {
  /// Writes the image of a bundle, and what is about it, without a tag.
  func makeImage(of entry: PublishedEntry, _ manifest: PublishedManifest) async throws -> ImageDocument {
    let image = try await image(of: entry, manifest.bundle)
    try await registry.put(image)
    try await attach(manifest, of: entry, to: image)
    return image
  }

  private func image(of entry: PublishedEntry, _ bundle: BundleRecord) async throws -> ImageDocument {
    let base = try await base?.layers(below: bundle) ?? []
    for layer in base { _ = try await registry.put(layer.object, from: layer.bytes) }
    var contents = base.map { (digest: $0.contentDigest, name: $0.name) }
    for layer in bundle.layers { contents.append((try await contentDigest(layer, bundle), layer.name)) }
    let configuration = try ImageDocument(
      ImageConfiguration(bundle, contents: contents), mediaType: MediaType.configuration)
    _ = try await registry.put(configuration.descriptor.reference, from: .bytes(configuration.bytes))
    let layers =
      base.map {
        ImageDescriptor($0.object, mediaType: MediaType.layer, annotations: [Annotation.layer: $0.name])
      }
      + bundle.layers.map {
        ImageDescriptor(
          ObjectReference(digest: $0.digest, size: $0.size), mediaType: MediaType.layer,
          annotations: [Annotation.layer: $0.name])
      }
    var annotations = [
      Annotation.runenv: bundle.runenv, Annotation.bundle: bundle.digest.description,
      Annotation.version: entry.version.description,
    ]
    annotations[Annotation.created] = bundle.createdAt.map(ImageConfiguration.timestamp)
    let manifest = ImageManifest(config: configuration.descriptor, layers: layers, annotations: annotations)
    return try ImageDocument(manifest, mediaType: MediaType.manifest)
  }

  /// Attaches what is about the bundle to its image.
  private func attach(
    _ manifest: PublishedManifest, of entry: PublishedEntry, to image: ImageDocument
  ) async throws {
    let subject = image.descriptor
    let end = manifest.end.map { [ImageDescriptor($0, mediaType: MediaType.bytes)] } ?? []
    let parts = [ImageDescriptor(entry.manifest, mediaType: MediaType.bundle)] + end
    try await registry.attach(parts, as: MediaType.bundle, to: subject)
    for (object, type) in [
      (manifest.sbom, MediaType.sbom), (manifest.provenance, MediaType.provenance),
    ] {
      guard let object else { continue }
      try await registry.attach([ImageDescriptor(object, mediaType: type)], as: type, to: subject)
    }
    guard let sign else { return }
    // A signature says when it was made, so another would be added each time.
    let isSigned = try await registry.referrers(of: image.digest)
      .contains { $0.artifactType == MediaType.signature }
    guard !isSigned else { return }
    let signature = try sign(image.bytes, "\(entry.cell)-\(entry.version)")
    let object = ObjectReference(digest: .sha256(of: signature), size: Int64(signature.count))
    _ = try await registry.put(object, from: .bytes(signature))
    try await registry.attach(
      [ImageDescriptor(object, mediaType: MediaType.signature)], as: MediaType.signature, to: subject)
  }

  /// Refuses tags that another id has: `a+b` and `a_b` have one.
  func checkTags(of cell: CellID) async throws {
    for tag in [Self.tag(of: cell), ImageTag(naming: cell.runenv)] {
      guard let document = try await registry.document(tagged: tag) else { continue }
      let other = try annotations(of: document, tagged: tag)[Annotation.runenv]
      guard other == cell.runenv else {
        throw RegistryError.tagTaken(
          tag.description, repository: registry.repository.description, by: other ?? "something else",
          wanted: cell.runenv)
      }
    }
  }

  /// What an image or an index says about itself.
  func annotations(of document: ImageDocument, tagged tag: ImageTag) throws -> [String: String] {
    struct Annotated: Decodable { let annotations: [String: String]? }
    return try document.decode(Annotated.self, as: "'\(tag)' of '\(registry.repository)'").annotations ?? [:]
  }
}
