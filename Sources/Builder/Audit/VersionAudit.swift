package import Artifacts
package import ConfigMerge
package import Model

/// A package that has not the same version on all platforms of a runenv, and why.
package struct VersionFinding: Sendable {
  /// The version of a platform, and why it is not the highest; nil for the highest.
  package struct Version: Sendable {
    package let platform: Platform
    package let version: String
    package let explanation: String?
    /// Where the configuration asks for it, when that explains it.
    package let position: SourcePosition?
  }

  package let runenv: String
  package let package: PackageName
  /// In the order of platforms.
  package let versions: [Version]
}

/// Finds packages whose versions differ between the platforms of a runenv, from its current locks.
package struct VersionAudit: Sendable {
  private let workspace: Workspace
  private let fetcher: Fetcher
  private let locks: [CellID: Lock]
  /// The cells that have no current lock, and were not looked at.
  package let unlocked: [CellID]

  package init(workspace: Workspace, fetcher: Fetcher) {
    self.workspace = workspace
    self.fetcher = fetcher
    var locks: [CellID: Lock] = [:]
    var unlocked: [CellID] = []
    for recipe in workspace.recipes {
      if case .current(let lock) = LockState(of: recipe, in: workspace) {
        locks[recipe.cell] = lock
      } else {
        unlocked.append(recipe.cell)
      }
    }
    self.locks = locks
    self.unlocked = unlocked
  }

  /// The findings, by runenv and package; indexes are asked only about packages that differ.
  ///
  /// An index that can't be asked is named in the explanation; only cancellation is thrown.
  package func run() async throws -> [VersionFinding] {
    let skews = workspace.ids.flatMap { runenv in
      let cells = locks.filter { $0.key.runenv == runenv }
      return Skew.find(
        in: runenv, Dictionary(uniqueKeysWithValues: cells.map { ($0.key.platform, $0.value.packages) }))
    }
    let questions = skews.flatMap { skew in
      recipes(of: skew).map { IndexSurvey.Question(skew.name, in: $0) }
    }
    let survey = try await IndexSurvey(Set(questions), fetcher: fetcher)
    return skews.map { finding(on: $0, by: survey) }
  }

  private func recipes(of skew: Skew) -> [Recipe] {
    skew.versions.keys.sorted().compactMap {
      workspace.recipe(for: CellID(runenv: skew.runenv, platform: $0))
    }
  }

  private func finding(on skew: Skew, by survey: IndexSurvey) -> VersionFinding {
    let recipes = recipes(of: skew)
    let highest = skew.versions.values.compactMap { PackageVersion($0)?.withoutLocal }.max()
    let versions = recipes.map { recipe in
      let platform = recipe.cell.platform
      let version = skew.versions[platform] ?? ""
      guard let highest, PackageVersion(version)?.withoutLocal != highest else {
        return VersionFinding.Version(
          platform: platform, version: version, explanation: nil, position: nil)
      }
      let why = explanation(of: skew, in: recipe, among: recipes, without: highest, survey)
      return VersionFinding.Version(
        platform: platform, version: version, explanation: why.text, position: why.position)
    }
    return VersionFinding(runenv: skew.runenv, package: skew.name, versions: versions)
  }

  /// Why a cell does not have the highest version that another platform has.
  private func explanation(
    of skew: Skew, in recipe: Recipe, among recipes: [Recipe], without highest: PackageVersion,
    _ survey: IndexSurvey
  ) -> (text: String, position: SourcePosition?) {
    let name = skew.name
    let asked = recipe.dependencies.last { $0.value.name == name }
    if let asked, !VersionRange(asked.value.specifiers).contains(highest) {
      return ("the configuration asks for \(asked.value)", asked.position)
    }
    let isBuilt = locks[recipe.cell]?.packages.first { $0.name == name }?.needsBuild ?? false
    do {
      let facts = try survey.facts(on: name, specifiers: "==\(highest)", for: recipe)
      if facts.lacksWheel {
        let newest = facts.wheels.last.map { "the newest wheel is of \($0)" } ?? "no version has a wheel"
        let built = isBuilt ? "; it is built from source" : ""
        return ("\(highest) has no wheel for \(recipe.cell.platform), \(newest)\(built)", nil)
      }
      guard facts.exists else { return ("its indexes don't have \(name)", nil) }
    } catch {
      return (Diagnostic(error).message, nil)
    }
    return (
      "\(highest) has a wheel for \(recipe.cell.platform): another package holds it back, or the lock keeps it "
        + "('ppp lock --upgrade-package \(name)' would tell)", nil
    )
  }
}
