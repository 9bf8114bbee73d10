import Builder
import ConfigMerge
import Model

/// What became of the rules, for machines; docs/audit.md describes it.
struct RuleAuditReport: Encodable {
  struct Rule: Encodable {
    let rule: String
    let package: PackageName
    let platform: String
    let verdict: RuleFinding.Verdict
    let explanation: String
    let cells: [CellID]
    let position: SourcePosition
    let reason: String
    let until: CalendarDay?
    let expired: Bool
  }

  let schemaVersion = 1
  let rules: [Rule]

  init(_ findings: [RuleFinding], today: CalendarDay) {
    rules = findings.map { finding in
      let rule = finding.rule
      return Rule(
        rule: rule.kind.rawValue, package: finding.package, platform: rule.platform?.description ?? "*",
        verdict: finding.verdict, explanation: finding.explanation, cells: finding.cells,
        position: rule.position, reason: rule.reason, until: rule.until?.value,
        expired: rule.until.map { $0.value < today } ?? false)
    }
  }
}
