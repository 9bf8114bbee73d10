import Artifacts
import Model

/// An index as it was read, with the signature that belongs to it.
package struct IndexReading: Sendable, Hashable {
  package let index: PublishedIndex
  /// What a signature is over.
  package let bytes: [UInt8]
  /// For `ObjectStore.replace`.
  package let tag: String?
  /// A minisign file; nil where there is none.
  package let signature: [UInt8]?

  /// The name of the signature of an index of these bytes.
  ///
  /// It is there before the index is, so that no reader meets an index with another's signature.
  /// `index.json.minisig` has the same bytes, and is written after the index, for `minisign -V`.
  package static func signatureName(of bytes: [UInt8]) -> String {
    "signatures/\(Digest.sha256(of: bytes).hex).minisig"
  }
}

extension ObjectSource {
  private var signatureLimit: Int64 { 64 << 10 }

  /// The index with its signature; nil when there is none.
  ///
  /// Whether the signature is good is not looked at.
  package func index() async throws -> IndexReading? {
    guard let found = try await read(PublishedIndex.fileName, limit: PublishedIndex.limit) else { return nil }
    let index = try PublishedIndex(parsing: found.bytes, place: place)
    let own = try await read(IndexReading.signatureName(of: found.bytes), limit: signatureLimit)
    let signature =
      if let own { own } else { try await read(PublishedIndex.signatureFileName, limit: signatureLimit) }
    return IndexReading(index: index, bytes: found.bytes, tag: found.tag, signature: signature?.bytes)
  }
}
