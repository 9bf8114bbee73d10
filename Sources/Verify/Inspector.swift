import FoundationEssentials
import Layers
import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Reads the headers of the native files in a layer, once for all bundles that hold it, or in a whole bundle.
///
/// What it finds in a layer is kept under `<cache>/inspections/<format>/sha256/ab/<hex>.json`, by the layer's digest.
struct Inspector: Sendable {
  /// Of what is kept; raised whenever a reader in Binaries finds more or other things.
  static let format = 1

  let store: LayerStore
  let cache: FilePath
  /// Where large files and wheels in wheelhouses lie while they are read.
  let scratch: FilePath
  private let flights = SingleFlight<Digest, Inspection>()

  init(store: LayerStore, cache: FilePath, scratch: FilePath) {
    self.store = store
    self.cache = cache
    self.scratch = scratch
  }

  /// Whether the layer is in the store, so that it can be inspected.
  func canInspect(_ layer: Layer) -> Bool {
    access(store.path(of: layer.digest).string, R_OK) == 0
  }

  /// - Throws: `LayersError` for a damaged layer, `CancellationError`.
  func inspect(_ layer: Layer) async throws -> Inspection {
    try await flights.run(layer.digest) {
      try await blocking { try inspectNow(layer, $0) }
    }
  }

  private func inspectNow(_ layer: Layer, _ cancellation: Cancellation) throws -> Inspection {
    let entries = try store.entries(of: layer)
    let paths = entries.filter { $0.kind != .directory }.map(\.path)
    let record = record(of: layer)
    // A record that can't be read is made again.
    if let bytes = try? readFile(record),
      let known = try? JSONDecoder().decode([InspectedFile].self, from: Data(bytes))
    {
      return Inspection(paths: paths, nativeFiles: known)
    }
    let found = try ArchiveInspection(scratch: scratch, cancellation: cancellation)
      .inspect(try store.reader(of: layer))
    try makeDirectory(record.removingLastComponent())
    try writeAtomically(try JSONEncoder().encode(found.nativeFiles), to: record)
    return Inspection(paths: paths, nativeFiles: found.nativeFiles)
  }

  /// The same for all of a bundle, of which nothing is kept.
  func inspect(bundle path: FilePath) async throws -> Inspection {
    try await blocking { cancellation in
      try ArchiveInspection(scratch: scratch, cancellation: cancellation).inspect(try openBundle(at: path))
    }
  }

  private func record(of layer: Layer) -> FilePath {
    let hex = layer.digest.hex
    return cache.appending("inspections/\(Self.format)/sha256/\(hex.prefix(2))/\(hex).json")
  }
}
