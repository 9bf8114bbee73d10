package import Artifacts
package import Catalogue
import Model
package import SystemPackage
import Trust

/// A catalogue that `ppp publish` has written: `index.json` and objects by digest.
package struct PublishedSource: PullSource {
  private let objects: any ObjectSource
  private let trust: PullTrust
  private let reading: IndexReading

  package var place: String { objects.place }

  /// Nil when there is no `index.json`.
  package init?(_ objects: any ObjectSource, trust: PullTrust) async throws {
    guard let reading = try await objects.index() else { return nil }
    self.objects = objects
    self.trust = trust
    self.reading = reading
  }

  package func listing() async throws -> PullListing {
    let name = "\(PublishedIndex.fileName) at \(place)"
    let verified = try trust.keys.verify(reading.bytes, signature: reading.signature, of: name)
    let promise = CataloguePromise(
      sequence: reading.index.sequence, expires: reading.index.expires, signedAt: verified?.signature.time,
      digest: .sha256(of: reading.bytes))
    return PullListing(
      entries: reading.index.entries, hasVersions: true, signer: verified?.key.name, promise: promise)
  }

  package func manifest(of entry: PublishedEntry) async throws -> PublishedManifest {
    try await objects.manifest(of: entry)
  }

  package func layer(
    _ layer: LayerRecord, of manifest: PublishedManifest, to path: FilePath, report: @escaping FetchReport
  ) async throws -> SavedFile {
    try await objects.download(
      ObjectReference(digest: layer.digest, size: layer.size), to: path, report: report)
  }
}
