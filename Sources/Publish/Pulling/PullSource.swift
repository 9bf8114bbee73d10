package import Artifacts
package import Catalogue
package import SystemPackage
package import Trust

/// Where environments are pulled from: a published catalogue, a plain `dist` behind a web server, a registry.
package protocol PullSource: Sendable {
  /// As people know it, without credentials.
  var place: String { get }

  /// What there is, checked against the trusted keys.
  func listing() async throws -> PullListing

  /// What an entry consists of, checked against the entry.
  func manifest(of entry: PublishedEntry) async throws -> PublishedManifest

  /// Whether a bundle can be had layer by layer; else there is only `bundle`.
  func offersLayers(of manifest: PublishedManifest) -> Bool

  /// Fetches a layer to a new file, which has its name only once its digest is right.
  func layer(
    _ layer: LayerRecord, of manifest: PublishedManifest, to path: FilePath, report: @escaping FetchReport
  ) async throws -> SavedFile

  /// Fetches the bundle's file, likewise.
  func bundle(_ manifest: PublishedManifest, to path: FilePath, report: @escaping FetchReport) async throws
}

/// Told how many bytes have come, of how many.
package typealias FetchReport = @Sendable (_ completed: Int64, _ total: Int64?) -> Void

/// What a source has, and how far it can be believed.
package struct PullListing: Sendable {
  package let entries: [PublishedEntry]
  /// Whether entries have versions; a plain `dist` has only what is current.
  package let hasVersions: Bool
  /// The name of the trusted key that signed it; nil where no key is trusted at all.
  package let signer: String?
  /// What must be remembered once something is pulled by it; nil where it says nothing of its time.
  package let promise: CataloguePromise?

  package init(
    entries: [PublishedEntry], hasVersions: Bool, signer: String?, promise: CataloguePromise? = nil
  ) {
    self.entries = entries
    self.hasVersions = hasVersions
    self.signer = signer
    self.promise = promise
  }
}

extension PullSource {
  package func offersLayers(of manifest: PublishedManifest) -> Bool { true }

  package func bundle(
    _ manifest: PublishedManifest, to path: FilePath, report: @escaping FetchReport
  ) async throws {
    throw PublishError.unsuitable(place, for: "whole files")
  }
}
