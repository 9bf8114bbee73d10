package import Artifacts
import Model
package import SystemPackage

/// A repository of a registry as a place for a catalogue: objects are blobs, named files are artifacts with a tag.
///
/// `index.json` has the tag `ppp.index.json`, and so on. Blobs that no manifest names are removed by registries some time:
/// `RegistryImages` makes the manifests.
package struct RegistryStore: ObjectStore {
  package let registry: Registry

  package init(_ registry: Registry) { self.registry = registry }

  package var place: String { "oci://\(registry.repository)" }

  static func tag(of name: String) -> ImageTag { ImageTag(naming: "ppp.\(name)") }

  private static let objects = "objects/sha256/"

  package func read(_ name: String, range: Range<Int64>?, limit: Int64) async throws -> NamedBytes? {
    if name.hasPrefix(Self.objects) { return try await readObject(name, range: range, limit: limit) }
    guard let (document, file) = try await file(name) else { return nil }
    guard let bytes = try await registry.bytes(of: file.reference, limit: limit) else {
      throw PublishError.missingObject(name, place: place)
    }
    return NamedBytes(bytes: cut(bytes, range), tag: document.digest.description)
  }

  private func cut(_ bytes: [UInt8], _ range: Range<Int64>?) -> [UInt8] {
    guard let range else { return bytes }
    return Array(bytes[range.clamped(to: 0..<Int64(bytes.count)).indices])
  }

  private func readObject(_ name: String, range: Range<Int64>?, limit: Int64) async throws -> NamedBytes? {
    guard let last = name.split(separator: "/").last, let digest = try? Digest(parsing: String(last)) else {
      return nil
    }
    let headers = range.map { [(name: "Range", value: "bytes=\($0.lowerBound)-\($0.upperBound - 1)")] } ?? []
    let response = try await registry.send(.get, "/blobs/\(digest)", headers: headers, limit: Int(limit))
    switch response.status {
    case 404: return nil
    case 416: return NamedBytes(bytes: [], tag: nil)
    case 206: return NamedBytes(bytes: response.body, tag: nil)
    case 200..<300:
      let found = Digest.sha256(of: response.body)
      guard found == digest else { throw registry.wrongDigest("a blob", digest, found) }
      return NamedBytes(bytes: cut(response.body, range), tag: nil)
    default: throw registry.refused("the blob \(digest)", response)
    }
  }

  /// The manifest of a named file, and the file's blob.
  private func file(_ name: String) async throws -> (document: ImageDocument, file: ImageDescriptor)? {
    let tag = Self.tag(of: name)
    guard let document = try await registry.document(tagged: tag) else { return nil }
    let manifest = try document.decode(ImageManifest.self, as: "'\(tag)' of '\(registry.repository)'")
    guard manifest.artifactType == MediaType.file, let file = manifest.layers.first,
      manifest.layers.count == 1
    else {
      throw PublishError.malformed(name, place: place, reason: "what has the tag '\(tag)' is no file")
    }
    return (document, file)
  }

  @discardableResult
  package func download(
    _ object: ObjectReference, in name: String, at offset: Int64?, to path: FilePath,
    report: @escaping @Sendable (_ completed: Int64, _ total: Int64?) -> Void
  ) async throws -> SavedFile {
    guard offset == nil, name == object.name else {
      throw ArtifactError.noRanges(url: "\(registry.repository.address)/\(name)")
    }
    guard let file = try await registry.download(object, to: path, report: report) else {
      throw PublishError.missingObject(name, place: place)
    }
    return file
  }

  package func has(_ object: ObjectReference) async throws -> Bool { try await registry.has(object) }

  package func put(_ object: ObjectReference, from bytes: ObjectBytes) async throws -> Bool {
    try await registry.put(object, from: bytes) == .sent
  }
}

extension Range<Int64> {
  fileprivate var indices: Range<Int> { Int(lowerBound)..<Int(upperBound) }
}
