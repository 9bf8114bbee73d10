import Catalogue
import Model
import SystemPackage

extension CellBuild {
  /// Checks the bundle, unless the same bytes passed before.
  func verification(
    of record: BundleRecord, at path: FilePath, _ prepared: PreparedLayers
  ) async throws -> VerificationRecord? {
    let current = try await bench.catalogue.bundle(cell)
    if let known = current?.verification, current?.digest == record.digest, known.state == .passed {
      return known
    }
    guard verifies else { return nil }
    return try await BundleChecks(bench: bench, recipe: recipe, python: lock.python, floor: lock.floor)
      .run(on: path, layers: prepared.layers, distributions: prepared.packages.map(\.distribution))
  }
}
