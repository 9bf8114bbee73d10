import ArgumentParser
import Builder
import ConfigMerge
import Model
import Terminal

/// Says which rules are no longer needed.
struct AuditRules: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract:
      "Say which skip, forceSource and buildWheel rules are no longer needed, and which match nothing.",
    discussion: """
      A rule is no longer needed where the indexes have a wheel for its platform of the version that the cell would \
      take. A rule whose 'until' is still to come is kept. Cells without a current lock are judged by what their \
      configuration asks for by name.
      """)

  @OptionGroup var place: WorkspaceOptions
  @OptionGroup var network: NetworkOptions

  @Flag(help: "Exit with 1 when a rule is not needed, matches nothing, or is past its day.")
  var strict = false

  @Flag(help: "List the rules that are needed, too.")
  var all = false

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let workspace = try await place.workspace(in: context)
    let expired = workspace.expiredRules(on: context.today())
    for warning in workspace.warnings + expired { context.report(warning) }
    let bench = Workbench(workspace, in: context, offline: network.offline) { event in
      if case .diagnosed(let diagnostic) = event { context.report(diagnostic) }
    }
    let findings = try await RuleAudit(
      workspace: workspace, fetcher: bench.fetcher, today: context.today()
    ).run()
    switch format {
    case .json: context.print(try json(RuleAuditReport(findings, today: context.today())))
    case .text: tell(findings, context)
    }
    if let unasked = findings.first(where: { $0.verdict == .unasked }) {
      context.report(
        Diagnostic(
          .error, unasked.explanation, at: unasked.rule.position,
          hint:
            "the rules whose index can't be asked are not judged; check the network and the proxy settings"))
      return .failed
    }
    return strict && (findings.contains(where: \.isStale) || !expired.isEmpty) ? .failed : .done
  }

  private func tell(_ findings: [RuleFinding], _ context: CommandContext) {
    var table = Table(
      .init("rule"), .init("package"), .init("platform"), .init("finding"), .init("place"),
      .init("its reason"))
    for finding in findings where all || finding.verdict.isWorthALine {
      let rule = finding.rule
      table.append([
        rule.kind.rawValue, finding.package.description, rule.platform?.description ?? "*",
        finding.explanation, rule.position.description, rule.reason.truncated(toWidth: 60),
      ])
    }
    if !table.isEmpty { context.print(table.rendered()) }
    let counts: [(RuleFinding.Verdict, String)] = [
      (.unneeded, "not needed"), (.unmatched, "match nothing"), (.partlyUnneeded, "partly needed"),
      (.kept, "kept until their day"), (.unknown, "not judged, 'ppp lock' helps"),
      (.unasked, "not judged for want of an index"),
      (.needed, "needed"),
    ]
    let parts = counts.compactMap { verdict, words in
      let count = findings.count { $0.verdict == verdict }
      return count == 0 ? nil : "\(count) \(words)"
    }
    context.tell(
      "\(findings.count) rule\(findings.count == 1 ? "" : "s")"
        + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")))
  }
}

extension RuleFinding.Verdict {
  fileprivate var isWorthALine: Bool {
    switch self {
    case .unmatched, .unneeded, .partlyUnneeded: true
    case .kept, .unknown, .unasked, .needed: false
    }
  }
}
