import Artifacts
import Catalogue
import CataloguePage
import Model
package import SystemPackage

/// The page of a published catalogue, with every version of every bundle.
///
/// What manifests say never changes: those that were read are kept in a directory of the cache.
package struct PublishedPage: Sendable {
  package static let fileName = "index.html"
  private static let width = 16

  private let cache: FilePath

  /// `cache` is the cache's directory.
  package init(cache: FilePath) { self.cache = cache.appending("published") }

  /// The page; the manifests in `known` are not fetched.
  func html(
    of reading: IndexReading, from source: any ObjectSource, known: [PublishableObject]
  ) async throws -> [UInt8] {
    var bytes: [ObjectReference: [UInt8]] = [:]
    for object in known {
      if case .bytes(let content)? = object.places.first { bytes[object.reference] = content }
    }
    let fresh = bytes
    let bundles = try await reading.index.entries.concurrentMap(width: Self.width) { entry in
      try await manifest(of: entry, from: source, known: fresh[entry.manifest]).bundle
    }
    var generations: [CellID: Int] = [:]
    let numbered = zip(reading.index.entries, bundles).map { entry, bundle in
      generations[bundle.cell, default: 0] += 1
      let number = generations[bundle.cell, default: 0]
      return (
        bundle: NumberedBundle(generation: number, bundle: bundle), version: entry.version.description,
        publishedAt: entry.publishedAt
      )
    }
    // Of a cell, the current bundle comes before the earlier ones.
    let ordered = numbered.sorted {
      ($0.bundle.bundle.cell, $1.bundle.generation) < ($1.bundle.bundle.cell, $0.bundle.generation)
    }
    return try CataloguePage(publishing: ordered) { .sha256(of: $0) }.html()
  }

  private func manifest(
    of entry: PublishedEntry, from source: any ObjectSource, known: [UInt8]?
  ) async throws -> PublishedManifest {
    let path = cache.appending(entry.manifest.digest.hex)
    // A note that is damaged or can't be read is fetched again.
    if let bytes = known ?? (try? readFile(path)), Digest.sha256(of: bytes) == entry.manifest.digest {
      return try PublishedManifest(parsing: bytes, of: entry, place: source.place)
    }
    let bytes = try await source.bytes(of: entry.manifest, limit: PublishedManifest.limit)
    let manifest = try PublishedManifest(parsing: bytes, of: entry, place: source.place)
    try makeDirectory(cache)
    try writeAtomically(bytes, to: path)
    return manifest
  }
}
