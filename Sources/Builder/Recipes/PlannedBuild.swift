package import ConfigMerge
package import Model

/// A package of a cell that is built from source, and what says how.
package struct PlannedBuild: Hashable, Sendable {
  package let package: PackageName
  package let version: String?
  /// Nil when none is for that version, Python and platform.
  package let recipe: ServedRecipe?
  /// Where a buildWheel rule stands, whose keys win over the recipe's.
  package let rule: SourcePosition?
}

extension CellPlan {
  /// What is built from source; none while the cell has no lock.
  package var builds: [PlannedBuild] {
    (lock?.packages ?? []).filter(\.needsBuild).map { package in
      var position: SourcePosition?
      if case .buildWheel(_, let place) = recipe.rules[package.name] { position = place }
      return PlannedBuild(
        package: package.name, version: package.version,
        recipe: recipe.buildRecipe(for: package.name, version: package.version), rule: position)
    }
  }
}
