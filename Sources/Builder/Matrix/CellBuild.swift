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
  let key: BuildKey
  let copied: [CopiedFile]
  let omissions: [CellPlan.Omission]
  /// Whether the bundle is checked; one that passed before with the same bytes is not checked again.
  let verifies: Bool

  var cell: CellID { recipe.cell }
  var level: Int { recipe.build.compressionLevel.value }
  var scheme: InstallScheme { InstallScheme(python: lock.python, platform: lock.platform) }
  var place: BundlePlace { BundlePlace(cell: cell, format: recipe.build.archive.value) }
  /// Only Linux keeps `A` and `a` apart everywhere.
  var isCaseSensitive: Bool { cell.platform.operatingSystem == .linux }

  /// Builds, checks and records; when it throws, `dist/` and the catalogue are as they were.
  func run() async throws -> CellResult {
    let step = Step(.bundle, cell.description)
    bench.events(.started(step))
    do {
      let start = ContinuousClock.now
      let (prepared, bundle) = try await written()
      let record = try await record(of: bundle, prepared)
      try await keep(record)
      bench.events(.finished(step, .done("\(formatted(byteCount: record.size)), \(record.fileCount) files")))
      return CellResult(
        cell: cell, ending: .built(record), layers: record.layers.count, madeLayers: prepared.madeCount,
        duration: ContinuousClock.now - start)
    } catch {
      bench.events(.finished(step, .failed(Diagnostic(error))))
      throw error
    }
  }

  /// The bundle's file in its place; a layer that turns out to be corrupt is made again, once.
  private func written() async throws -> (PreparedLayers, BundleFile) {
    let prepared = try await prepared()
    do {
      return (prepared, try await write(prepared.layers))
    } catch LayersError.corruptLayer(let digests, let names) {
      bench.events(
        .diagnosed(
          Diagnostic(
            .warning,
            "\(digests.count) corrupt layers in the cache are made again: \(names.joined(separator: ", "))")))
      let remade = try await self.prepared()
      return (remade, try await write(remade.layers))
    }
  }

  private func write(_ layers: [BundleLayer]) async throws -> BundleFile {
    let path = place.path(in: bench.workspace.root)
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
