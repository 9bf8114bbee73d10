import Artifacts
import Model

/// Manifests and indexes: documents by their digest or by a tag.
extension Registry {
  /// What has this tag; nil when nothing has.
  func document(tagged tag: ImageTag) async throws -> ImageDocument? {
    try await document(at: tag.description, called: "'\(tag)'")
  }

  /// The document of a descriptor, checked by its digest.
  func document(_ descriptor: ImageDescriptor) async throws -> ImageDocument {
    let what = "the manifest \(descriptor.digest)"
    guard let document = try await document(at: descriptor.digest.description, called: what) else {
      throw RegistryError.blobsMissing(what, repository: repository.description, reason: nil)
    }
    guard document.digest == descriptor.digest else {
      throw wrongDigest("a manifest", descriptor.digest, document.digest)
    }
    return document
  }

  private func document(at reference: String, called what: String) async throws -> ImageDocument? {
    let response = try await send(
      .get, "/manifests/\(reference)",
      headers: [("Accept", MediaType.manifests.joined(separator: ", "))], limit: Self.manifestLimit)
    if response.status == 404 { return nil }
    guard response.isSuccess else { throw refused(what, response) }
    let type = response.headers["content-type"]?.prefix { $0 != ";" } ?? ""
    let document = ImageDocument(bytes: response.body, mediaType: String(type))
    try check(response, against: document, called: what)
    return document
  }

  /// Writes a document, under a tag or by its digest alone.
  ///
  /// - Returns: whether the registry keeps lists of what refers to an image itself.
  /// - Throws: `RegistryError.blobsMissing` when something that it names is not there.
  @discardableResult
  func put(_ document: ImageDocument, tag: ImageTag? = nil) async throws -> Bool {
    let what = tag.map { "'\($0)'" } ?? "the manifest \(document.digest)"
    let response = try await send(
      .put, "/manifests/\(tag?.description ?? document.digest.description)",
      headers: [("Content-Type", document.mediaType)], body: .bytes(document.bytes))
    if response.status == 404
      || response.hasRefusal(["MANIFEST_BLOB_UNKNOWN", "BLOB_UNKNOWN", "MANIFEST_UNKNOWN"])
    {
      throw RegistryError.blobsMissing(
        what, repository: repository.description, reason: response.refusalReason)
    }
    guard response.isSuccess else { throw refused(what, response) }
    try check(response, against: document, called: what)
    return response.headers["oci-subject"] != nil
  }

  private func check(_ response: HTTPResponse, against document: ImageDocument, called what: String) throws {
    guard let text = response.headers["docker-content-digest"], text.hasPrefix("sha256:") else { return }
    guard let digest = try? Digest(parsing: text) else {
      throw RegistryError.malformed(what, reason: "the registry names it by a digest that is none")
    }
    guard digest == document.digest else { throw wrongDigest(what, digest, document.digest) }
  }

  /// Removes a manifest by its digest; false where the registry removes nothing.
  func remove(_ digest: Digest) async throws -> Bool {
    let response = try await send(.delete, "/manifests/\(digest)")
    if response.status == 405 { return false }
    guard response.isSuccess || response.status == 404 else {
      throw refused("the manifest \(digest)", response)
    }
    return true
  }
}
