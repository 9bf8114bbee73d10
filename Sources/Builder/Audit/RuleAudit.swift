package import Artifacts
package import ConfigMerge
package import Model

/// Asks of each skip, forceSource and buildWheel rule whether it is still needed.
///
/// What a cell is made of is known from its lock; where there is none, only what the configuration asks for by name
/// counts. Whether there is a wheel is asked of the cell's indexes, for the version that it would take.
package struct RuleAudit: Sendable {
  /// A cell in which a rule decides, and what it decides about.
  struct Use: Sendable {
    let recipe: Recipe
    /// The version or versions that the cell would take; nil where the package comes from no index.
    let specifiers: String?
  }

  private let workspace: Workspace
  private let fetcher: Fetcher
  private let today: CalendarDay

  package init(workspace: Workspace, fetcher: Fetcher, today: CalendarDay) {
    self.workspace = workspace
    self.fetcher = fetcher
    self.today = today
  }

  /// A finding for each rule, in the order of their places; the rules of `verify.allow` are not among them.
  ///
  /// A rule for whose package an index can't be asked is not judged; only cancellation is thrown.
  package func run() async throws -> [RuleFinding] {
    let reach = RuleReach(workspace)
    let reached = workspace.declaredRules.compactMap { rule in
      reach.package(of: rule).map { (rule: rule, package: $0, reach: reach.reach(of: rule, on: $0)) }
    }
    let questions = reached.flatMap { item in
      item.reach.uses.filter { $0.specifiers != nil }.map {
        IndexSurvey.Question(item.package, in: $0.recipe)
      }
    }
    let survey = try await IndexSurvey(Set(questions), fetcher: fetcher)
    return reached.map { judge($0.rule, $0.package, $0.reach, by: survey) }
  }

  private func judge(
    _ rule: DeclaredRule, _ package: PackageName, _ reach: RuleReach.Reach, by survey: IndexSurvey
  ) -> RuleFinding {
    func finding(_ verdict: RuleFinding.Verdict, _ text: String, _ cells: [CellID]) -> RuleFinding {
      RuleFinding(rule: rule, package: package, verdict: verdict, explanation: text, cells: cells)
    }
    if let obstacle = reach.obstacle { return finding(.unmatched, obstacle, []) }
    let found: [(cell: CellID, wheel: PackageVersion?)]
    do {
      found = try reach.uses.map { (cell: $0.recipe.cell, wheel: try wheel(of: package, for: $0, survey)) }
    } catch {
      return finding(.unasked, Diagnostic(error).message, reach.uses.map(\.recipe.cell))
    }
    let with = found.filter { $0.wheel != nil }
    guard let newest = with.compactMap(\.wheel).max() else {
      if reach.uses.isEmpty {
        return finding(.unknown, Self.unlocked(reach.unknown), reach.unknown)
      }
      return finding(.needed, "there is no wheel to take instead", found.map(\.cell))
    }
    let isWhole = with.count == found.count && reach.unknown.isEmpty
    let place = isWhole ? "everywhere" : "in \(Self.list(with.map(\.cell)))"
    let text = "there is a wheel of \(newest) to take instead \(place)"
    if let until = rule.until?.value, until >= today {
      return finding(.kept, text + ", but it is kept until \(until)", with.map(\.cell))
    }
    return finding(isWhole ? .unneeded : .partlyUnneeded, text, with.map(\.cell))
  }

  /// The newest of the versions that the cell would take, if one has a wheel for it.
  private func wheel(
    of package: PackageName, for use: Use, _ survey: IndexSurvey
  ) throws -> PackageVersion? {
    guard let specifiers = use.specifiers else { return nil }
    return try survey.facts(on: package, specifiers: specifiers, for: use.recipe).wanted.last
  }

  private static func unlocked(_ cells: [CellID]) -> String {
    "only locks tell whether it is needed, and there is none of \(list(cells))"
  }

  static func list(_ cells: [CellID]) -> String {
    let shown = cells.prefix(3).map(\.description).joined(separator: ", ")
    return cells.count > 3 ? "\(shown) and \(cells.count - 3) more" : shown
  }
}
