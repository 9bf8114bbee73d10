import Catalogue
import ConfigMerge
import Layers
import Model
import SystemPackage
import Verify
import Wheels

/// Checks a cell's bundle and puts what is found into the catalogue's words.
struct BundleChecks: Sendable {
  let bench: Workbench
  let recipe: Recipe
  let python: PythonVersion
  let floor: PlatformFloor?

  /// Checks the bundle at that path; problems are told as diagnostics too.
  func run(
    on path: FilePath, layers: [BundleLayer], distributions: [InstalledDistribution]
  ) async throws -> VerificationRecord {
    let installed = recipe.build.layout.value == .tree ? distributions : []
    let report = try await bench.verifier.verify(
      VerificationSubject(
        cell: recipe.cell, python: python, floor: floor, bundle: path, layers: layers,
        distributions: installed.map {
          DistributionImports(name: $0.name.description, version: $0.version, imports: $0.imports)
        },
        allowances: recipe.allowedFailures.map { Allowance(pattern: $0.pattern, reason: $0.reason) }))
    for diagnostic in report.diagnostics { bench.events(.diagnosed(diagnostic)) }
    return VerificationRecord(checks: report.checks.map(CheckRecord.init))
  }
}

extension CheckRecord {
  fileprivate init(_ check: Check) {
    switch check.outcome {
    case .ok: self.init(name: check.title, outcome: .passed)
    case .allowed(let reason): self.init(name: check.title, outcome: .allowed, message: reason)
    case .warned(let message): self.init(name: check.title, outcome: .passed, message: message)
    case .failed(let message): self.init(name: check.title, outcome: .failed, message: message)
    }
  }
}
