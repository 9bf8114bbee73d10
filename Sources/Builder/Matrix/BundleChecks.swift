import Artifacts
import Catalogue
import ConfigMerge
import Layers
import Levels
import Model
import SystemPackage
import Verify
import Wheels

/// Checks a cell's bundle and puts what is found on record.
struct BundleChecks: Sendable {
  let bench: Workbench
  let recipe: Recipe

  /// Whether the bundle's file is what the catalogue says, to the byte.
  func isIntact(_ record: BundleRecord) async throws -> Bool {
    let path = bench.workspace.root.pushing(FilePath(record.file))
    return try await blocking { _ in try Digest.sha256(ofFile: path) } == record.digest
  }

  /// Checks the bundle on record and records the outcome with it; problems are told as diagnostics too.
  ///
  /// `distributions` is what is installed; when the caller doesn't know, it is found out.
  func run(
    on record: BundleRecord, distributions: [InstalledDistribution]? = nil
  ) async throws -> VerificationRecord {
    let report = try await bench.verifier.verify(try await subject(record, distributions))
    for diagnostic in report.diagnostics { bench.events(.diagnosed(diagnostic)) }
    let verification = VerificationRecord(checks: report.checks.map(CheckRecord.init))
    try await keep(verification, of: record)
    return verification
  }

  func keep(_ verification: VerificationRecord, of record: BundleRecord) async throws {
    try CatalogueExport(bench).markStale()
    try await bench.catalogue.record(verification, of: record.cell, digest: record.digest)
  }

  private func subject(
    _ record: BundleRecord, _ distributions: [InstalledDistribution]?
  ) async throws -> VerificationSubject {
    var installed: [InstalledDistribution] = []
    if record.layout == .tree {
      installed = if let distributions { distributions } else { try await found(in: record) }
    }
    return VerificationSubject(
      cell: record.cell, python: record.python, floor: record.floor,
      bundle: bench.workspace.root.pushing(FilePath(record.file)),
      layers: record.layers.map { BundleLayer(name: $0.name, kind: $0.kind, layer: Layer($0)) },
      distributions: installed.map {
        DistributionImports(name: $0.name.description, version: $0.version, imports: $0.imports)
      },
      allowances: try recipe.allowedFailures.map { try Allowance(pattern: $0.pattern, reason: $0.reason) })
  }

  /// What is installed: what the build noted of each wheel, else what the wheel's layer tells.
  private func found(in record: BundleRecord) async throws -> [InstalledDistribution] {
    let scheme = InstallScheme(python: record.python, platform: record.platform)
    let shelf = DistributionShelf(cache: bench.cache)
    let noted = record.packages.map { $0.artifact.flatMap { shelf.known($0, scheme: scheme) } }
    guard noted.contains(where: { $0 == nil }) else { return noted.compactMap(\.self) }
    let store = bench.layers
    let kinds = ["wheel", PreparedModule.layerKind] + CodeForm.layerKinds
    let layers = record.layers.filter { kinds.contains($0.kind) }
    return try await blocking { _ in
      try layers.compactMap { layer in
        InstalledDistribution(entries: try store.entries(of: Layer(layer)), scheme: scheme)
      }
    }
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
