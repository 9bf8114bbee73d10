import Builder
import ConfigMerge
import Model

/// A plan for machines; docs/formats.md describes it.
struct PlanReport: Encodable {
  struct Cell: Encodable {
    let cell: CellID
    let state: String
    let reason: String
    let changes: [Change]
    let actions: [String]
    let missingFiles: Int
    let missingBytes: Int64
    let builds: [Build]
    let omissions: [Omission]
    let problems: [Diagnostic]
  }

  /// A module's cell that was asked for and isn't made.
  struct Exclusion: Encodable {
    let cell: CellID
    let reason: String
    let position: SourcePosition?
  }

  /// A package that is built from source, and what says how.
  struct Build: Encodable {
    let package: PackageName
    let version: String?
    let recipe: String?
    let recipeDigest: Digest?
    let rule: SourcePosition?
  }

  struct Change: Encodable {
    let key: String
    let old: String?
    let new: String?
  }

  struct Omission: Encodable {
    let package: PackageName
    let rule: String
    let reason: String
    let position: SourcePosition?
  }

  let schemaVersion = 1
  let cells: [Cell]
  let excluded: [Exclusion]

  init(_ plan: Plan) {
    cells = plan.cells.map(Cell.init)
    excluded = plan.excluded.map { Exclusion(cell: $0.cell, reason: $0.reason, position: $0.position) }
  }
}

extension PlanReport.Cell {
  init(_ plan: CellPlan) {
    let (state, changes, problems) = plan.state.facts
    self.init(
      cell: plan.cell, state: state, reason: plan.reason,
      changes: changes.map { PlanReport.Change(key: $0.key, old: $0.old, new: $0.new) },
      actions: plan.actions,
      missingFiles: plan.missingFiles, missingBytes: plan.missingBytes,
      builds: plan.builds.map {
        PlanReport.Build(
          package: $0.package, version: $0.version, recipe: $0.recipe?.reference,
          recipeDigest: $0.recipe?.digest, rule: $0.rule)
      },
      omissions: plan.omissions.map {
        PlanReport.Omission(package: $0.name, rule: $0.rule, reason: $0.reason, position: $0.position)
      }, problems: problems)
  }
}

extension CellPlan.State {
  fileprivate var facts: (name: String, changes: [KeyChange], problems: [Diagnostic]) {
    switch self {
    case .new: ("new", [], [])
    case .stale(let changes): ("stale", changes, [])
    case .changed(let changes): ("changed", changes, [])
    case .bundleMissing: ("bundleMissing", [], [])
    case .unverified: ("unverified", [], [])
    case .upToDate: ("upToDate", [], [])
    case .invalid(let problems): ("invalid", [], problems)
    }
  }
}
