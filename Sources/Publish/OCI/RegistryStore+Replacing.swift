import Artifacts
import Model

/// Named files change by compare and swap, as far as a registry lets them.
///
/// Registries replace what a tag names without looking. So it is looked at right before, and once more after a pause that is
/// longer than another publisher takes between looking and writing (three times what it took here, at least 0.3 s): of two
/// who write at once, the first finds the other's, and is told so. Only who is held up for longer than that, right then,
/// can take back what another has written; both their images stay, and publishing again brings them back into the index.
extension RegistryStore {
  package func replace(
    _ name: String, with bytes: [UInt8], ifTag tag: String?, requiring objects: [ObjectReference]
  ) async throws -> Bool {
    for object in objects where try await !has(object) { return false }
    let file = ObjectReference(digest: .sha256(of: bytes), size: Int64(bytes.count))
    _ = try await put(file, from: .bytes(bytes))
    _ = try await put(Registry.emptyConfiguration.reference, from: .bytes(Registry.empty))
    let manifest = ImageManifest(
      config: Registry.emptyConfiguration,
      layers: [ImageDescriptor(file, mediaType: MediaType.bytes, annotations: [Annotation.title: name])],
      artifactType: MediaType.file)
    let document = try ImageDocument(manifest, mediaType: MediaType.manifest)

    let place = Self.tag(of: name)
    let clock = ContinuousClock()
    let start = clock.now
    let present = try await registry.document(tagged: place)?.digest
    guard present?.description == tag else { return false }
    if present == document.digest { return true }
    try await registry.put(document, tag: place)
    // What is named by its content is nobody else's to write otherwise.
    guard name == PublishedIndex.fileName else { return true }
    try await registry.fetcher.settings.sleep(max(.milliseconds(300), (clock.now - start) * 3))
    return try await registry.document(tagged: place)?.digest == document.digest
  }

  /// Nothing: registries don't tell which blobs they have, and remove by themselves what no manifest names.
  package func list(_ folder: String) async throws -> [StoredFile] { [] }

  package func remove(_ names: [String], while name: String, hasTag tag: String?) async throws -> Bool {
    try await registry.document(tagged: Self.tag(of: name))?.digest.description == tag
  }

  /// Nothing: registries forget uploads that were not finished.
  package func removeDrafts(olderThan time: Int64) async throws {}
}
