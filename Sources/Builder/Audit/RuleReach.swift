import ConfigMerge
import Model

/// Finds the cells that rules have an effect in.
struct RuleReach: Sendable {
  /// Where a rule has an effect.
  struct Reach: Sendable {
    /// The cells that have the package or leave it out, in the workspace's order.
    var uses: [RuleAudit.Use] = []
    /// The cells in which it may, were they locked.
    var unknown: [CellID] = []
    /// Why it has an effect nowhere; nil when it has one, or may have.
    var obstacle: String?
  }

  private let recipes: [Recipe]
  private let locks: [CellID: Lock]

  init(_ workspace: Workspace) {
    recipes = workspace.recipes
    let current = recipes.compactMap { recipe -> (CellID, Lock)? in
      guard case .current(let lock) = LockState(of: recipe, in: workspace) else { return nil }
      return (recipe.cell, lock)
    }
    locks = Dictionary(uniqueKeysWithValues: current)
  }

  /// The package that a rule is about; nil for a rule of verification.
  func package(of rule: DeclaredRule) -> PackageName? {
    guard rule.kind != .allow else { return nil }
    do throws(ParseError) { return try PackageName(parsing: rule.subject) } catch { return nil }
  }

  func reach(of rule: DeclaredRule, on package: PackageName) -> Reach {
    let meant = recipes.filter { recipe in rule.platform.map { $0 == recipe.cell.platform } ?? true }
    guard !meant.isEmpty else {
      return Reach(obstacle: "no runenv is built for \(rule.platform?.description ?? "any platform")")
    }
    let ruled = meant.filter { $0.rules[package]?.isOf(rule) ?? false }
    guard !ruled.isEmpty else {
      let other = meant.lazy.compactMap { $0.rules[package] }.first
      let decider = other.map { ": \($0.position) decides" } ?? ""
      return Reach(obstacle: "in no cell it is the rule in effect\(decider)")
    }
    var reach = Reach()
    for recipe in ruled {
      switch isConcerned(recipe, with: package, by: rule) {
      case true?: reach.uses.append(use(of: package, in: recipe))
      case false?: break
      case nil: reach.unknown.append(recipe.cell)
      }
    }
    if reach.uses.isEmpty, reach.unknown.isEmpty {
      reach.obstacle = "nothing asks for \(package) where it applies"
    }
    return reach
  }

  /// Whether a cell has the package or leaves it out because of the rule; nil when only a lock would tell.
  private func isConcerned(_ recipe: Recipe, with package: PackageName, by rule: DeclaredRule) -> Bool? {
    if let lock = locks[recipe.cell] {
      return rule.kind == .skip
        ? lock.omissions.contains { $0.name == package && $0.rule == .skip }
        : lock.packages.contains { $0.name == package }
    }
    return recipe.dependencies.contains { $0.value.name == package } ? true : nil
  }

  /// What the cell would take: the locked version, else what the configuration asks for, else the version that the
  /// runenv has on another platform, else any.
  private func use(of package: PackageName, in recipe: Recipe) -> RuleAudit.Use {
    let direct = recipe.dependencies.first { $0.value.name == package }?.value
    if direct?.url != nil { return RuleAudit.Use(recipe: recipe, specifiers: nil) }
    if let locked = version(of: package, in: recipe.cell) {
      return RuleAudit.Use(recipe: recipe, specifiers: "==\(locked)")
    }
    if let direct { return RuleAudit.Use(recipe: recipe, specifiers: direct.specifiers) }
    let siblings = Platform.all.lazy.compactMap {
      version(of: package, in: CellID(runenv: recipe.cell.runenv, platform: $0))
    }
    return RuleAudit.Use(recipe: recipe, specifiers: siblings.first.map { "==\($0)" } ?? "")
  }

  private func version(of package: PackageName, in cell: CellID) -> String? {
    let text = locks[cell]?.packages.first { $0.name == package }?.version
    return text.map { PackageVersion($0)?.withoutLocal.description ?? $0 }
  }
}

extension PackageRule {
  /// Whether it is what became of a file's rule.
  fileprivate func isOf(_ rule: DeclaredRule) -> Bool {
    guard position == rule.position else { return false }
    return switch self {
    case .skip: rule.kind == .skip
    case .buildWheel: rule.kind == .buildWheel
    case .forceSource: rule.kind == .forceSource
    }
  }
}
