import Catalogue
import Layers
import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Adds one layer to a tree, by the cheapest way there is.
struct LayerAssembly: Sendable {
  let puller: Puller
  let manifest: PublishedManifest
  let writer: TreeWriter
  let earlier: EarlierTrees
  /// For work that keeps a processor busy.
  let slots: Slots

  func add(_ layer: LayerRecord) async throws -> PullTally {
    var tally = PullTally()
    var file: LayerFile?
    if earlier.layers[layer.digest] == nil { file = try await self.file(of: layer, &tally) }
    var placed = try await working { [file] cancellation in
      let found = earlier.layers[layer.digest]
      let table = try found?.layer.table ?? file?.table()
      guard let table else { preconditionFailure("a layer that no tree has was not fetched") }
      return try writer.begin(table, earlier: found, reusing: earlier.files, cancellation)
    }
    if !placed.missing.isEmpty {
      // Files of the earlier tree were changed or removed, where there is one.
      let source = if let file { file } else { try await self.file(of: layer, &tally) }
      placed = try await write(placed, from: source)
    }
    if earlier.layers[layer.digest] == nil { try keep(placed.table, of: layer.digest) }
    tally.files += placed.tally
    tally.placed[layer.digest] = placed
    return tally
  }

  /// Writes what is missing, on all the processors that nobody else keeps busy.
  private func write(_ layer: PlacedLayer, from file: LayerFile) async throws -> PlacedLayer {
    let unpacking = try LayerUnpacking(layer, from: file, into: writer)
    let width = min(unpacking.width, puller.processors)
    _ = try await (0..<width).concurrentMap(width: width) { _ in
      while try await working({ try unpacking.unpackNext($0) }) {}
    }
    return try unpacking.finish()
  }

  private func working<Value: Sendable>(
    _ body: @escaping @Sendable (Cancellation) throws -> Value
  ) async throws -> Value {
    try await slots.withSlot { try await blocking(body) }
  }

  /// The layer from the cache, or fetched into it.
  private func file(of layer: LayerRecord, _ tally: inout PullTally) async throws -> LayerFile {
    if let file = try await puller.layers.file(of: layer.digest, size: layer.size) { return file }
    let path = try puller.layers.landing(of: layer.digest)
    let saved = try await puller.reporting(Step(.fetch, layer.name), size: layer.size) { report in
      try await puller.source.layer(layer, of: manifest, to: path, report: report)
    }
    tally.fetchedLayers += 1
    tally.fetchedBytes += layer.size
    return try await puller.layers.take(saved, as: layer.digest, size: layer.size)
  }

  /// Keeps a list for the next pull; it is checked before it is used, so that it need not survive a crash.
  private func keep(_ table: LayerTable, of layer: Digest) throws {
    let place = puller.directory.tables.appending(layer.hex)
    let draft = puller.directory.tables.appending(".\(layer.hex)")
    do {
      let file = try FileDescriptor.open(
        draft, .writeOnly, options: [.create, .truncate, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      try file.closeAfter { _ = try file.writeAll(table.frame) }
    } catch {
      throw FileError(verb: "write", path: place, cause: error)
    }
    guard rename(draft.string, place.string) == 0 else {
      throw FileError(verb: "write", path: place, cause: Errno(rawValue: errno))
    }
  }
}
