import Artifacts
package import Catalogue
package import Model

/// The images of published bundles: what container tools see of a catalogue in a registry.
///
/// For each bundle an image of its layers, as they are, with the tags `<id>-<platform>-<version>` and, for the newest
/// version, `<id>-<platform>`; for each runenv an index of its platforms, `<id>`; and for one of them `latest`.
/// All that belongs to a bundle is named by manifests, so that registries keep it.
package struct RegistryImages: Sendable {
  /// A bundle that is published, and what it is named by.
  package struct Bundle: Sendable {
    package let entry: PublishedEntry
    package let manifest: PublishedManifest

    package init(entry: PublishedEntry, manifest: PublishedManifest) {
      self.entry = entry
      self.manifest = manifest
    }
  }

  /// The digest of what a layer is unpacked (`contentDigest`).
  package typealias ContentDigest = @Sendable (LayerRecord) async throws -> Digest
  /// Signs bytes; the result is a signature file.
  package typealias Signature = @Sendable (_ bytes: [UInt8], _ comment: String) throws -> [UInt8]

  let registry: Registry
  let base: ImageBase?
  let contentDigest: ContentDigest
  let sign: Signature?

  /// Without `base`, the images of Linux hold nothing but the environment; without `sign` there are no signatures.
  package init(
    registry: Registry, base: ImageBase?, sign: Signature?, contentDigest: @escaping ContentDigest
  ) {
    self.registry = registry
    self.base = base
    self.sign = sign
    self.contentDigest = contentDigest
  }

  /// Makes the images of bundles whose objects are in the registry already.
  ///
  /// What is there stays as it is; killed half-way, it is gone on with by doing it again.
  /// `index` is what will be published once this is done, the bundles included.
  package func publish(_ bundles: [Bundle], as index: PublishedIndex) async throws {
    for bundle in bundles {
      try await publish(bundle, isNewest: index.newest(of: bundle.entry.cell) == bundle.entry)
    }
    let runenvs = Set(bundles.map(\.entry.runenv)).sorted()
    for runenv in runenvs { try await publishIndex(of: runenv) }
    try await publishLatest(in: index)
  }

  private func publish(_ bundle: Bundle, isNewest: Bool) async throws {
    let cell = bundle.entry.cell
    let tag = ImageTag(naming: "\(cell.runenv)-\(cell.platform)")
    try await check(tag, isOf: cell.runenv)
    let document = try await image(of: bundle)
    try await registry.put(document, tag: ImageTag(naming: "\(tag)-\(bundle.entry.version)"))
    try await attach(bundle, to: document)
    if isNewest { try await registry.put(document, tag: tag) }
  }

  private func image(of bundle: Bundle) async throws -> ImageDocument {
    let record = bundle.manifest.bundle
    let base = base?[record.platform] ?? []
    for layer in base { _ = try await registry.put(layer.object, from: layer.bytes) }
    var contents = base.map { (digest: $0.contentDigest, name: $0.name) }
    for layer in record.layers { contents.append((try await contentDigest(layer), layer.name)) }
    let configuration = try ImageDocument(
      ImageConfiguration(record, contents: contents), mediaType: MediaType.configuration)
    _ = try await registry.put(configuration.descriptor.reference, from: .bytes(configuration.bytes))
    let layers =
      base.map {
        ImageDescriptor($0.object, mediaType: MediaType.layer, annotations: [Annotation.layer: $0.name])
      }
      + record.layers.map {
        ImageDescriptor(
          ObjectReference(digest: $0.digest, size: $0.size), mediaType: MediaType.layer,
          annotations: [Annotation.layer: $0.name])
      }
    var annotations = [
      Annotation.runenv: record.runenv, Annotation.bundle: record.digest.description,
      Annotation.version: bundle.entry.version.description,
    ]
    annotations[Annotation.created] = record.createdAt.map(ImageConfiguration.timestamp)
    let manifest = ImageManifest(config: configuration.descriptor, layers: layers, annotations: annotations)
    return try ImageDocument(manifest, mediaType: MediaType.manifest)
  }

  /// Attaches what is about the bundle to its image.
  private func attach(_ bundle: Bundle, to image: ImageDocument) async throws {
    let manifest = bundle.manifest
    let subject = image.descriptor
    let parts =
      [ImageDescriptor(bundle.entry.manifest, mediaType: MediaType.bundle)]
      + (manifest.end.map { [ImageDescriptor($0, mediaType: MediaType.bytes)] } ?? [])
    try await registry.attach(parts, as: MediaType.bundle, to: subject)
    if let sbom = manifest.sbom {
      try await registry.attach(
        [ImageDescriptor(sbom, mediaType: MediaType.sbom)], as: MediaType.sbom, to: subject)
    }
    if let provenance = manifest.provenance {
      try await registry.attach(
        [ImageDescriptor(provenance, mediaType: MediaType.provenance)], as: MediaType.provenance, to: subject)
    }
    if let sign {
      let comment = "\(bundle.entry.cell) \(bundle.entry.version) \(image.digest)"
      let signature = try sign(image.bytes, comment)
      let object = ObjectReference(digest: .sha256(of: signature), size: Int64(signature.count))
      _ = try await registry.put(object, from: .bytes(signature))
      try await registry.attach(
        [ImageDescriptor(object, mediaType: MediaType.signature)], as: MediaType.signature, to: subject)
    }
  }
}
