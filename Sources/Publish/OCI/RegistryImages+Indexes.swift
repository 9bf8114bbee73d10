import Artifacts
import Catalogue
import Model

/// What several images have in common: the index of a runenv, and `latest`.
extension RegistryImages {
  private static let attempts = 20

  /// Writes the index of a runenv's platforms, from the tags of its images.
  ///
  /// Who publishes another platform at the same time does the same: each writes until what it has written holds all the
  /// images that there are by then, so that no platform stays out, in whatever order they come.
  func publishIndex(of runenv: String) async throws {
    let tag = ImageTag(naming: runenv)
    for _ in 0..<Self.attempts {
      let index = try await index(of: runenv)
      let document = try ImageDocument(index, mediaType: MediaType.index)
      if try await registry.document(tagged: tag)?.digest != document.digest {
        try await registry.put(document, tag: tag)
      }
      if try await self.index(of: runenv) == index,
        try await registry.document(tagged: tag)?.digest == document.digest
      {
        return
      }
    }
    throw RegistryError.malformed(
      "'\(tag)' of '\(registry.repository)'", reason: "others change it all the time")
  }

  private func index(of runenv: String) async throws -> ImageIndex {
    var images: [ImageDescriptor] = []
    for platform in Platform.all {
      let tag = ImageTag(naming: "\(runenv)-\(platform)")
      guard let document = try await registry.document(tagged: tag) else { continue }
      let manifest = try document.decode(ImageManifest.self, as: "'\(tag)' of '\(registry.repository)'")
      guard manifest.annotations?[Annotation.runenv] == runenv else { continue }
      var descriptor = document.descriptor
      descriptor.mediaType = MediaType.manifest
      descriptor.platform = ImagePlatform(platform)
      images.append(descriptor)
    }
    return ImageIndex(images, annotations: [Annotation.runenv: runenv])
  }

  /// Gives `latest` to the runenv with the highest Python, of several to that with the shortest id.
  func publishLatest(in index: PublishedIndex) async throws {
    guard let runenv = Self.latest(in: index),
      let document = try await registry.document(tagged: ImageTag(naming: runenv)),
      try await registry.document(tagged: .latest)?.digest != document.digest
    else { return }
    try await registry.put(
      ImageDocument(bytes: document.bytes, mediaType: MediaType.index), tag: .latest)
  }

  static func latest(in index: PublishedIndex) -> String? {
    let highest = index.entries.map(\.python).max()
    return index.entries.filter { $0.python == highest }.map(\.runenv)
      .min { ($0.count, $0) < ($1.count, $1) }
  }
}
