import Catalogue
import ConfigMerge
package import Model
import SystemPackage

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

  /// Checks the cells' bundles in `dist/`, in order, and brings `dist/catalogue.json` up to date.
  ///
  /// A file that is not what was recorded fails.
  package func run(_ cells: [CellID]) async throws -> [Outcome] {
    let outcomes = try await cells.concurrentMap(width: 2) { try await verify($0) }
    let export = CatalogueExport(bench)
    if try await export.isStale { try await export.write() }
    return outcomes
  }

  private func verify(_ cell: CellID) async throws -> Outcome {
    guard let record = try await bench.catalogue.bundle(cell), let recipe = bench.workspace.recipe(for: cell)
    else { return notBuilt(cell, "\(cell) is not built") }
    let checks = BundleChecks(bench: bench, recipe: recipe)
    do {
      let isIntact = try await checks.isIntact(record)
      let verification =
        isIntact ? try await checks.run(on: record) : try await refuse(record, checks)
      return Outcome(cell, verification)
    } catch let error as FileError where error.code == .noSuchFileOrDirectory {
      return notBuilt(cell, "'\(record.file)' is gone")
    }
  }

  private func notBuilt(_ cell: CellID, _ problem: String) -> Outcome {
    bench.events(.diagnosed(Diagnostic(.error, problem, hint: "run 'ppp build \(cell)'")))
    return Outcome(cell: cell, state: .notBuilt, passed: 0, allowed: 0, failed: 0)
  }

  private func refuse(_ record: BundleRecord, _ checks: BundleChecks) async throws -> VerificationRecord {
    let text = "'\(record.file)' is not the bundle on record, \(record.digest)"
    bench.events(.diagnosed(Diagnostic(.error, text, hint: "run 'ppp build \(record.cell)'")))
    let verification = VerificationRecord(checks: [
      CheckRecord(name: "digest", outcome: .failed, message: text)
    ])
    try await checks.keep(verification, of: record)
    return verification
  }
}

extension MatrixVerification.Outcome {
  fileprivate init(_ cell: CellID, _ verification: VerificationRecord) {
    func count(_ outcome: CheckRecord.Outcome) -> Int { verification.checks.count { $0.outcome == outcome } }
    self.init(
      cell: cell, state: verification.state == .passed ? .passed : .failed, passed: count(.passed),
      allowed: count(.allowed), failed: count(.failed))
  }
}
