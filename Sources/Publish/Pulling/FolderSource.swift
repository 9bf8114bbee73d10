package import Artifacts
package import Catalogue
import FoundationEssentials
import Model
package import SystemPackage
import Trust

/// A `dist` folder as `ppp build` leaves it, behind any web server or on the disk: `catalogue.json` and bundles.
///
/// A layer is asked for by the range that it takes in its bundle. From a server that doesn't give parts of files, or
/// gives other ones than it says, the whole bundle is fetched once.
package struct FolderSource: PullSource {
  private static let fileName = "catalogue.json"
  private let files: any ObjectSource
  private let trust: PullTrust
  private let bytes: [UInt8]
  private let document: CatalogueDocument
  /// Where whole bundles are kept while layers are taken from them.
  private let scratch: FilePath
  private let flights = SingleFlight<Digest, FilePath>()

  package var place: String { files.place }

  /// Nil when there is no `catalogue.json`.
  package init?(_ files: any ObjectSource, trust: PullTrust, scratch: FilePath) async throws {
    guard let found = try await files.read(Self.fileName, limit: PublishedIndex.limit) else { return nil }
    document = try decode(
      CatalogueDocument.self, from: found.bytes, name: Self.fileName, place: files.place)
    self.files = files
    self.trust = trust
    bytes = found.bytes
    self.scratch = scratch
  }

  package func listing() async throws -> PullListing {
    let signature = try await files.read("\(Self.fileName).minisig", limit: 64 << 10)
    let verified = try trust.keys.verify(
      bytes, signature: signature?.bytes, of: "\(Self.fileName) at \(place)")
    let entries = document.bundles.map {
      PublishedEntry(
        $0, version: PublishedVersion(1), manifest: ObjectReference(digest: $0.digest, size: $0.size))
    }
    return PullListing(entries: entries, hasVersions: false, signer: verified?.key.name)
  }

  package func manifest(of entry: PublishedEntry) async throws -> PublishedManifest {
    let bundle = document.bundles.first { $0.cell == entry.cell && $0.digest == entry.digest }
    guard let bundle else { throw PublishError.missingObject("\(entry.cell)", place: place) }
    _ = try fileName(of: bundle)
    return PublishedManifest(bundle: bundle, end: nil)
  }

  /// The parts of a zip are no layers.
  package func offersLayers(of manifest: PublishedManifest) -> Bool { manifest.bundle.kind == .tarZstd }

  package func layer(
    _ layer: LayerRecord, of manifest: PublishedManifest, to path: FilePath, report: @escaping FetchReport
  ) async throws -> SavedFile {
    let part = ObjectReference(digest: layer.digest, size: layer.size)
    do {
      let name = try fileName(of: manifest.bundle)
      return try await files.download(part, in: name, at: layer.offset, to: path, report: report)
    } catch let error as ArtifactError where error.isAboutRanges {
      let whole = try await wholeBundle(manifest, report: report)
      let folder = try DirectoryStore(reading: whole.removingLastComponent())
      let name = whole.lastComponent?.string ?? ""
      return try await folder.download(part, in: name, at: layer.offset, to: path, report: { _, _ in })
    }
  }

  package func bundle(
    _ manifest: PublishedManifest, to path: FilePath, report: @escaping FetchReport
  ) async throws {
    let whole = ObjectReference(digest: manifest.bundle.digest, size: manifest.bundle.size)
    try await files.download(
      whole, in: try fileName(of: manifest.bundle), at: nil, to: path, report: report)
  }

  /// The whole file, fetched once for all the layers that are wanted of it.
  private func wholeBundle(_ manifest: PublishedManifest, report: @escaping FetchReport) async throws
    -> FilePath
  {
    try await flights.run(manifest.bundle.digest) {
      let path = scratch.appending("bundle-\(manifest.bundle.digest.hex)")
      if FileStatus(of: path)?.size != manifest.bundle.size {
        try await bundle(manifest, to: path, report: report)
      }
      return path
    }
  }

  /// Relative to the folder; a catalogue that names a file elsewhere is refused.
  private func fileName(of bundle: BundleRecord) throws -> String {
    let parts = bundle.file.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 1, parts[0] == "dist", parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }),
      !bundle.file.utf8.contains(0)
    else {
      throw PublishError.malformed(
        Self.fileName, place: place, reason: "the file '\(bundle.file)' is not in its folder")
    }
    return parts.dropFirst().joined(separator: "/")
  }
}

extension ArtifactError {
  /// Whether the whole file may still be had where a part of it was not.
  fileprivate var isAboutRanges: Bool {
    switch self {
    case .noRanges, .wrongDigest, .wrongSize: true
    case .status(_, let code, _): code == 416
    default: false
    }
  }
}
