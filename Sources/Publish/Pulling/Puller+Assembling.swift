import Artifacts
import Catalogue
import Layers
import Model
import SystemPackage

/// What became of a layer, or of all of them.
struct PullTally: Sendable {
  var fetchedLayers = 0
  var fetchedBytes: Int64 = 0
  var files = TreeWriter.Tally()

  static func += (left: inout PullTally, right: PullTally) {
    left.fetchedLayers += right.fetchedLayers
    left.fetchedBytes += right.fetchedBytes
    left.files += right.files
  }
}

extension Puller {
  /// How many layers are fetched at once.
  private static let connections = 8

  /// Makes the tree of its layers: fetched, found in the cache, or shared with earlier trees, side by side.
  func assemble(_ plan: PullPlan, _ state: PullState, at draft: FilePath) async throws -> PullTally {
    let writer = try TreeWriter(
      at: draft, isCaseSensitive: plan.cell.platform.operatingSystem == .linux)
    let known = try await tables(of: state)
    let index = index(state, known)
    let slots = Slots(count: processors)
    // The largest first, so that none of them is left over for the end.
    let items = plan.items.sorted { $0.layer.size > $1.layer.size }
    let tallies = try await items.concurrentMap(width: max(Self.connections, processors)) { item in
      let assembly = LayerAssembly(
        puller: self, manifest: plan.manifest, writer: writer, index: index, slots: slots)
      return try await assembly.add(item.layer, known: known[item.layer.digest])
    }
    return tallies.reduce(into: PullTally()) { $0 += $1 }
  }

  /// The lists of files of the layers of all trees; one that is damaged is as good as none.
  private func tables(of state: PullState) async throws -> [Digest: LayerTable] {
    let digests = Set(state.trees.flatMap(\.layers))
    let tables = try await digests.concurrentMap(width: processors) { digest in
      try await blocking { _ in
        let path = directory.tables.appending(digest.hex)
        return (digest, FileStatus(of: path) == nil ? nil : LayerTable(frame: try readFile(path)))
      }
    }
    return tables.reduce(into: [:]) { known, table in known[table.0] = table.1 }
  }

  /// The files of all trees, those of the current one before others.
  private func index(_ state: PullState, _ known: [Digest: LayerTable]) -> FileIndex {
    var index = FileIndex()
    let current = directory.currentTree(in: state)
    for tree in [current].compactMap(\.self) + state.trees.reversed().filter({ $0 != current }) {
      for table in tree.layers.compactMap({ known[$0] }) { index.add(table, at: directory.path(of: tree)) }
    }
    return index
  }

  /// Unpacks a bundle that there are no layers of.
  func unpackWhole(_ plan: PullPlan, to draft: FilePath) async throws -> PullTally {
    let bundle = plan.manifest.bundle
    var tally = PullTally()
    let stored: StoredArtifact
    if let found = try await artifacts.find(bundle.digest) {
      stored = found
    } else {
      let path = try layers.landing(of: bundle.digest)
      let step = Step(.fetch, bundle.file.split(separator: "/").last.map { String($0) } ?? bundle.file)
      try await reporting(step, size: bundle.size) { report in
        try await source.bundle(plan.manifest, to: path, report: report)
      }
      stored = try await artifacts.add(fileAt: path, expecting: bundle.digest)
      try removeTree(path)
      (tally.fetchedLayers, tally.fetchedBytes) = (1, bundle.size)
    }
    try await blocking { cancellation in
      try ArchiveExtractor().extract(stored, into: draft, cancellation: cancellation)
      // Without lists of its files nobody could tell later whether they reached the disk.
      try syncFiles(below: draft)
    }
    tally.files.writtenFiles = bundle.fileCount
    tally.files.writtenBytes = bundle.unpackedSize
    return tally
  }

  /// Tells of a fetch as a step.
  func reporting(_ step: Step, size: Int64, _ fetch: (@escaping FetchReport) async throws -> Void)
    async throws
  {
    events(.started(step))
    do {
      try await fetch { [events] in events(.progressed(step, completed: $0, total: $1)) }
      events(.finished(step, .done(ByteCount(size).description)))
    } catch {
      if !(error is CancellationError) { events(.finished(step, .failed(Diagnostic(error)))) }
      throw error
    }
  }
}
