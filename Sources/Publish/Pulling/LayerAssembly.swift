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
  let index: FileIndex
  /// For work that keeps a processor busy.
  let slots: Slots

  /// `known` is the layer's list of files where an earlier tree has the layer.
  func add(_ layer: LayerRecord, known: LayerTable?) async throws -> PullTally {
    guard let known else {
      let (file, tally) = try await file(of: layer)
      return try await place(file, tally)
    }
    var tally = PullTally()
    let (missing, shared) = try await working { try begin(known, $0) }
    tally.files += shared
    guard !missing.isEmpty else { return tally }
    // Files of the earlier tree were changed or removed.
    let (file, fetched) = try await file(of: layer)
    tally += fetched
    tally.files += try await working { try write(missing, of: known, from: file, $0) }
    return tally
  }

  private func place(_ file: LayerFile, _ tally: PullTally) async throws -> PullTally {
    var tally = tally
    tally.files += try await working { cancellation in
      let table = try file.table()
      let (missing, shared) = try begin(table, cancellation)
      var files = shared
      files += try write(missing, of: table, from: file, cancellation)
      try keep(table, of: file.digest)
      return files
    }
    return tally
  }

  private func begin(_ table: LayerTable, _ cancellation: Cancellation) throws -> ([Int], TreeWriter.Tally) {
    var tally = TreeWriter.Tally()
    return (try writer.begin(table, reusing: index, &tally, cancellation), tally)
  }

  private func write(
    _ missing: [Int], of table: LayerTable, from file: LayerFile, _ cancellation: Cancellation
  ) throws -> TreeWriter.Tally {
    var tally = TreeWriter.Tally()
    try writer.write(missing, of: table, from: file, &tally, cancellation)
    return tally
  }

  private func working<Value: Sendable>(
    _ body: @escaping @Sendable (Cancellation) throws -> Value
  ) async throws -> Value {
    try await slots.withSlot { try await blocking(body) }
  }

  /// The layer from the cache, or fetched into it.
  private func file(of layer: LayerRecord) async throws -> (LayerFile, PullTally) {
    if let file = try await puller.layers.file(of: layer.digest, size: layer.size) {
      return (file, PullTally())
    }
    let path = try puller.layers.landing(of: layer.digest)
    try await puller.reporting(Step(.fetch, layer.name), size: layer.size) { report in
      try await puller.source.layer(layer, of: manifest, to: path, report: report)
    }
    let file = try await puller.layers.take(path, as: layer.digest, size: layer.size)
    return (file, PullTally(fetchedLayers: 1, fetchedBytes: layer.size))
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
