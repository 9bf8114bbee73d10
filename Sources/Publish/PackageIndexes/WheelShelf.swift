package import Artifacts
import Model
import Wheels

/// Where the wheels of the catalogue are: the store, or else the place that the lock has them from.
package struct WheelShelf: Sendable {
  private let fetcher: Fetcher

  package init(fetcher: Fetcher) { self.fetcher = fetcher }

  /// - Throws: `PackageIndexesError.lost` for a wheel that was made here and is no longer in the store.
  func artifact(of wheel: CatalogueWheel) async throws -> StoredArtifact {
    if let stored = try await fetcher.store.find(wheel.digest) { return stored }
    guard let url = wheel.url else { throw PackageIndexesError.lost(wheel.fileName.text, cell: wheel.cell) }
    return try await fetcher.artifact(
      RemoteFile(urls: [url], digest: wheel.digest, size: wheel.size, name: wheel.fileName.text))
  }
}
