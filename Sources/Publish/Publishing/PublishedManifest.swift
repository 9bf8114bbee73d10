package import Catalogue
import Model

/// What a published bundle consists of, an object of its own.
package struct PublishedManifest: Hashable, Sendable, Codable {
  /// Raised when a reader of the former version could misunderstand the new one; new fields don't raise it.
  package static let currentSchemaVersion = 1
  /// What a manifest may take, in bytes.
  package static let limit: Int64 = 64 << 20

  package let schemaVersion: Int
  package let bundle: BundleRecord
  /// The bytes behind the last layer: with them the `.tar.zst` is put together byte for byte; nil for a zip.
  package let end: ObjectReference?
  /// A bill of materials, CycloneDX JSON.
  package let sbom: ObjectReference?
  /// How it was made: an in-toto statement, SLSA provenance.
  package let provenance: ObjectReference?

  package init(
    bundle: BundleRecord, end: ObjectReference?, sbom: ObjectReference? = nil,
    provenance: ObjectReference? = nil
  ) {
    schemaVersion = Self.currentSchemaVersion
    self.bundle = bundle
    self.end = end
    self.sbom = sbom
    self.provenance = provenance
  }

  /// Everything that it needs but itself: the layers in their order, each once, then the rest.
  package var objects: [ObjectReference] {
    var seen: Set<Digest> = []
    let layers = bundle.layers.map { ObjectReference(digest: $0.digest, size: $0.size) }
    return (layers + [end, sbom, provenance].compactMap(\.self)).filter { seen.insert($0.digest).inserted }
  }

  /// - Throws: `PublishError.malformed`, `.newerFormat`.
  package init(parsing bytes: [UInt8], name: String, place: String) throws(PublishError) {
    self = try decode(Self.self, from: bytes, name: name, place: place)
    var offset: Int64 = 0
    for layer in bundle.layers {
      guard layer.offset == offset, layer.size > 0, layer.size <= 1 << 50 else {
        throw .malformed(name, place: place, reason: "layer '\(layer.name)' is not where it should be")
      }
      offset += layer.size
    }
  }

  /// Reads the manifest of an entry, and checks that it is of the bundle that the entry means.
  ///
  /// - Throws: `PublishError.malformed`, `.newerFormat`.
  package init(parsing bytes: [UInt8], of entry: PublishedEntry, place: String) throws(PublishError) {
    let name = entry.manifest.name
    try self.init(parsing: bytes, name: name, place: place)
    guard bundle.cell == entry.cell, bundle.digest == entry.digest else {
      throw .malformed(name, place: place, reason: "it is the manifest of another bundle")
    }
  }

  /// Canonical JSON.
  package func encoded() throws -> [UInt8] { try encodeCanonically(self) }
}

extension ObjectSource {
  /// The manifest of an entry, checked by its digest and against what the entry says.
  package func manifest(of entry: PublishedEntry) async throws -> PublishedManifest {
    let bytes = try await bytes(of: entry.manifest, limit: PublishedManifest.limit)
    return try PublishedManifest(parsing: bytes, of: entry, place: place)
  }
}
