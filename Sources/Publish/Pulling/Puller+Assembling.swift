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
  var placed: [Digest: PlacedLayer] = [:]

  static func += (left: inout PullTally, right: PullTally) {
    left.fetchedLayers += right.fetchedLayers
    left.fetchedBytes += right.fetchedBytes
    left.files += right.files
    left.placed.merge(right.placed) { first, _ in first }
  }
}

extension Puller {
  /// How many layers are fetched at once.
  private static let connections = 8
  /// How many threads unpack at once, at most; each has two frames of a layer in memory, 16 MiB in all.
  private static let unpackers = 8

  /// Makes the tree of its layers: fetched, found in the cache, or shared with earlier trees, side by side.
  func assemble(_ plan: PullPlan, _ state: PullState, at draft: FilePath) async throws -> PullTally {
    let writer = try TreeWriter(
      at: draft, isCaseSensitive: plan.cell.platform.operatingSystem == .linux)
    let earlier = try await EarlierTrees(of: state, in: directory, processors: processors)
    let slots = Slots(count: min(processors, Self.unpackers))
    // The largest first, so that none of them is left over for the end.
    let items = plan.items.sorted { $0.layer.size > $1.layer.size }
    let tallies = try await items.concurrentMap(width: max(Self.connections, processors)) { item in
      let assembly = LayerAssembly(
        puller: self, manifest: plan.manifest, writer: writer, earlier: earlier, slots: slots)
      return try await assembly.add(item.layer)
    }
    return tallies.reduce(into: PullTally()) { $0 += $1 }
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
  func reporting<Value>(
    _ step: Step, size: Int64, _ fetch: (@escaping FetchReport) async throws -> Value
  ) async throws -> Value {
    events(.started(step))
    do {
      let value = try await fetch { [events] in events(.progressed(step, completed: $0, total: $1)) }
      events(.finished(step, .done(ByteCount(size).description)))
      return value
    } catch {
      if !(error is CancellationError) { events(.finished(step, .failed(Diagnostic(error)))) }
      throw error
    }
  }
}
