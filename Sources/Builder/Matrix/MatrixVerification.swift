import Artifacts
import Catalogue
import ConfigMerge
import Layers
package import Model
import SystemPackage
import Wheels

/// Checks bundles that were built before, and records what is found.
package struct MatrixVerification: Sendable {
  /// What came of one cell's checks.
  package struct Outcome: Encodable, Sendable {
    package enum State: String, Encodable, Sendable {
      case passed
      case failed
      /// There is no bundle to check.
      case notBuilt
    }

    package let cell: CellID
    package let state: State
    package let passed: Int
    package let allowed: Int
    package let failed: Int
  }

  private let bench: Workbench

  package init(_ bench: Workbench) { self.bench = bench }

  /// Checks the cells' bundles in `dist/`, in order; a file that is not what was recorded fails.
  package func run(_ cells: [CellID]) async throws -> [Outcome] {
    try await cells.concurrentMap(width: 2) { try await verify($0) }
  }

  private func verify(_ cell: CellID) async throws -> Outcome {
    guard let record = try await bench.catalogue.bundle(cell), let recipe = bench.workspace.recipe(for: cell)
    else {
      bench.events(.diagnosed(Diagnostic(.error, "\(cell) is not built", hint: "run 'ppp build \(cell)'")))
      return Outcome(cell: cell, state: .notBuilt, passed: 0, allowed: 0, failed: 0)
    }
    let verification = try await check(record, recipe)
    try await bench.catalogue.record(verification, of: cell, digest: record.digest)
    func count(_ outcome: CheckRecord.Outcome) -> Int { verification.checks.count { $0.outcome == outcome } }
    return Outcome(
      cell: cell, state: verification.state == .passed ? .passed : .failed, passed: count(.passed),
      allowed: count(.allowed), failed: count(.failed))
  }

  private func check(_ record: BundleRecord, _ recipe: Recipe) async throws -> VerificationRecord {
    let path = bench.workspace.root.pushing(FilePath(record.file))
    let digest = try await blocking { _ in try Digest.sha256(ofFile: path) }
    guard digest == record.digest else {
      let text = "'\(record.file)' is not the bundle on record: \(digest), not \(record.digest)"
      bench.events(
        .diagnosed(Diagnostic(.error, text, hint: "remove it and run 'ppp build \(record.cell)'")))
      return VerificationRecord(checks: [CheckRecord(name: "digest", outcome: .failed, message: text)])
    }
    let layers = record.layers.map { BundleLayer(name: $0.name, kind: $0.kind, layer: Layer($0)) }
    return try await BundleChecks(bench: bench, recipe: recipe, python: record.python, floor: record.floor)
      .run(on: path, layers: layers, distributions: try await distributions(of: record))
  }

  /// What is installed: what the build noted of each wheel, else what the wheel's layer tells.
  private func distributions(of record: BundleRecord) async throws -> [InstalledDistribution] {
    let scheme = InstallScheme(python: record.python, platform: record.platform)
    let shelf = DistributionShelf(cache: bench.cache)
    let noted = record.packages.map { $0.artifact.flatMap { shelf.known($0, scheme: scheme) } }
    guard noted.contains(where: { $0 == nil }) else { return noted.compactMap(\.self) }
    let store = bench.layers
    let layers = record.layers.filter { $0.kind == "wheel" }
    return try await blocking { _ in
      try layers.compactMap { layer in
        InstalledDistribution(entries: try store.entries(of: Layer(layer)), scheme: scheme)
      }
    }
  }
}
