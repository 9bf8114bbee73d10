import Artifacts
package import Catalogue
package import Model

/// The images of published bundles: what container tools see of a catalogue in a registry.
///
/// For each bundle there is an image of its layers, as they are, with the tags `<id>-<platform>-<version>` and, for the newest
/// version, `<id>-<platform>`; for each runenv an index of its platforms, `<id>`; and for one of them `latest`.
/// All that belongs to a bundle is named by manifests, so that registries keep it.
package struct RegistryImages: Sendable {
  /// The digest of what a layer of a bundle is unpacked.
  package typealias ContentDigest = @Sendable (LayerRecord, BundleRecord) async throws -> Digest
  /// Signs bytes; the result is a signature file.
  package typealias Signing = @Sendable (_ bytes: [UInt8], _ name: String) throws -> [UInt8]

  /// How many images are made at once.
  static let width = 4

  let store: RegistryStore
  let base: ImageBase?
  let contentDigest: ContentDigest
  let sign: Signing?

  var registry: Registry { store.registry }

  /// Without `base`, the images of Linux hold nothing but the environment; without `sign` there are no signatures.
  package init(
    in store: RegistryStore, base: ImageBase? = nil, sign: Signing? = nil,
    contentDigest: @escaping ContentDigest
  ) {
    self.store = store
    self.base = base
    self.sign = sign
    self.contentDigest = contentDigest
  }

  /// Makes the images of what a plan adds, once its objects are in the registry; they have no tags yet.
  ///
  /// - Throws: `RegistryError.tagTaken` when an id's tag is another's.
  func prepare(_ plan: PublishPlan) async throws {
    var added: [Digest: [UInt8]] = [:]
    for object in plan.manifests {
      if case .bytes(let bytes)? = object.places.first { added[object.reference.digest] = bytes }
    }
    let manifests = added
    let entries = plan.index.entries.filter { manifests[$0.manifest.digest] != nil }
    _ = try await entries.concurrentMap(width: Self.width) { entry in
      try await checkTags(of: entry.cell)
      let bytes = manifests[entry.manifest.digest] ?? []
      let manifest = try PublishedManifest(parsing: bytes, of: entry, place: store.place)
      _ = try await makeImage(of: entry, manifest)
    }
  }

  /// Gives the images of a plan's bundles their tags, once the index names the bundles.
  ///
  /// What is as it should be stays; what a publisher that was killed has not come to is done now.
  func show(_ plan: PublishPlan) async throws {
    let entries = plan.items.compactMap { item in
      plan.index.versions(of: item.bundle.cell).first { $0.version == item.version }
    }
    _ = try await entries.concurrentMap(width: Self.width) { entry in
      try await tag(entry, isNewest: plan.index.newest(of: entry.cell) == entry)
    }
    for entry in plan.dropped { try await drop(entry) }
    let runenvs = Set(entries.map(\.runenv)).sorted()
    _ = try await runenvs.concurrentMap(width: Self.width) { try await publishIndex(of: $0) }
    try await publishLatest(in: plan.index)
  }

  private func tag(_ entry: PublishedEntry, isNewest: Bool) async throws {
    let version = Self.tag(of: entry.cell, entry.version)
    var image = try await registry.document(tagged: version)
    let annotations = try image.map { try self.annotations(of: $0, tagged: version) }
    if annotations?[Annotation.bundle] != entry.digest.description {
      try await checkTags(of: entry.cell)
      let made = try await makeImage(of: entry, try await store.manifest(of: entry))
      try await registry.put(made, tag: version)
      image = made
    }
    let newest = Self.tag(of: entry.cell)
    guard isNewest, let image, try await registry.document(tagged: newest)?.digest != image.digest else {
      return
    }
    try await checkTags(of: entry.cell)
    try await registry.put(ImageDocument(bytes: image.bytes, mediaType: MediaType.manifest), tag: newest)
  }

  /// Removes the image of a version that is dropped, where the registry lets images be removed.
  private func drop(_ entry: PublishedEntry) async throws {
    let tag = Self.tag(of: entry.cell, entry.version)
    guard let image = try await registry.document(tagged: tag),
      try annotations(of: image, tagged: tag)[Annotation.bundle] == entry.digest.description,
      try await registry.document(tagged: Self.tag(of: entry.cell))?.digest != image.digest
    else { return }
    for referrer in try await registry.referrers(of: image.digest) {
      _ = try await registry.remove(referrer.digest)
    }
    if let list = try await registry.document(tagged: Registry.referrersTag(of: image.digest)) {
      _ = try await registry.remove(list.digest)
    }
    _ = try await registry.remove(image.digest)
  }

  static func tag(of cell: CellID, _ version: PublishedVersion? = nil) -> ImageTag {
    ImageTag(naming: "\(cell.runenv)-\(cell.platform)" + (version.map { "-\($0)" } ?? ""))
  }
}
