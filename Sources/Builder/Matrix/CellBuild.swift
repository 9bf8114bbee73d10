import Artifacts
import Catalogue
import ConfigMerge
import Layers
import Model
import Runtimes
import SystemPackage
import Wheels

/// Makes one cell's bundle from its lock: artifacts → layers → bundle → checks → record.
struct CellBuild: Sendable {
  let bench: Workbench
  let recipe: Recipe
  let lock: Lock
  /// Which compilers had a part in the packages is known, and in it, once those are there.
  var key: BuildKey
  let copied: [CopiedFile]
  let omissions: [CellPlan.Omission]
  /// Whether the bundle is checked; one that passed before with the same bytes is not checked again.
  let verifies: Bool

  var cell: CellID { recipe.cell }
  var level: Int { recipe.build.compressionLevel.value }
  /// The bundle's path relative to the workspace.
  var file: String { BundlePlace(cell).bundle(recipe.build.archive.value) }
  var scheme: InstallScheme { InstallScheme(python: lock.python, platform: lock.platform) }
  /// Only Linux keeps `A` and `a` apart everywhere.
  var isCaseSensitive: Bool { cell.platform.operatingSystem == .linux }

  /// Makes the bundle, records it, and checks it.
  ///
  /// The bundle takes the place of the one before when it is whole, and only then are manifest and record of it
  /// written. It is on record as unchecked before it is checked: a check that doesn't come to an end is made up for by
  /// the next build. A bundle that fails its checks stays in `dist/`, to be looked at, and is on record as failed.
  func run() async throws -> CellResult {
    try await bench.reporting(Step(.bundle, cell.description), summary) {
      let start = ContinuousClock.now
      let (prepared, bundle) = try await written()
      let build = settled(prepared)
      var record = build.record(of: bundle, prepared)
      try await build.keep(record)
      record.verification = try await verification(of: record, prepared)
      return CellResult(
        cell: cell, ending: .built(record), layers: record.layers.count, madeLayers: prepared.madeCount,
        duration: ContinuousClock.now - start)
    }
  }

  private func summary(_ result: CellResult) -> String? {
    guard case .built(let record) = result.ending else { return nil }
    return "\(ByteCount(record.size)), \(record.fileCount) files"
  }

  /// Checks the bundle, unless it passed before with the same bytes and the same configuration.
  private func verification(
    of record: BundleRecord, _ prepared: PreparedLayers
  ) async throws -> VerificationRecord? {
    let known = try await bench.catalogue.bundle(cell)?.verification
    guard verifies, known?.state != .passed else { return known }
    return try await BundleChecks(bench: bench, recipe: recipe)
      .run(on: record, distributions: prepared.distributions)
  }

  /// How often layers that turn out to be damaged are made again: each time other cells may have found, and removed,
  /// the same ones.
  private static let attempts = 3

  /// The bundle's file in its place; a layer that turns out to be damaged is made again.
  private func written() async throws -> (PreparedLayers, BundleFile) {
    for _ in 1..<Self.attempts {
      do {
        return try await attempt()
      } catch LayersError.corruptLayer(_, let names) {
        let text = "damaged in the cache, and made again: \(names.joined(separator: ", "))"
        bench.events(.diagnosed(Diagnostic(.warning, text)))
      }
    }
    return try await attempt()
  }

  private func attempt() async throws -> (PreparedLayers, BundleFile) {
    let prepared = try await prepared()
    return (prepared, try await settled(prepared).write(prepared.layers))
  }

  private func settled(_ prepared: PreparedLayers) -> CellBuild {
    let built = prepared.packages.filter(\.locked.needsBuild).map { ($0.locked.name, $0.wheel.compilers) }
    var build = self
    build.key = key.settled(Dictionary(built) { first, _ in first })
    return build
  }

  private func write(_ layers: [BundleLayer]) async throws -> BundleFile {
    let path = bench.workspace.root.pushing(FilePath(file))
    switch recipe.build.archive.value {
    case .tarZstandard:
      return try await writeBundle(
        layers, metadata: metadata, store: bench.layers, to: path, isCaseSensitive: isCaseSensitive)
    case .zip:
      return try await bench.processors.withSlot {
        try await writeZipBundle(layers, store: bench.layers, to: path)
      }
    }
  }

  /// What a bundle's own table of contents says about it.
  private var metadata: [String: String] {
    var facts = [
      "cell": cell.description, "python": lock.python.description, "platform": cell.platform.description,
      "runtime": lock.runtime.provider.rawValue, "layout": recipe.build.layout.value.rawValue,
      "buildKey": key.digest.description,
    ]
    if let floor = lock.floor { facts["floor"] = floor.description }
    return facts
  }
}
