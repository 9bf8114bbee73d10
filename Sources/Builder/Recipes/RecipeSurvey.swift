package import ConfigMerge
import Model
package import Modules
import SystemPackage

/// Finds the recipes that a workspace's packages may be built by: those of `recipes/`, then those of its sources.
package struct RecipeSurvey: Sendable {
  private let workspace: Workspace
  private let trees: SourceTrees?

  /// Names a workspace; nothing is read before it is asked for.
  ///
  /// Without `trees` there are only the workspace's own recipes.
  package init(of workspace: Workspace, trees: SourceTrees? = nil) {
    self.workspace = workspace
    self.trees = trees
  }

  /// The workspace with its recipes; itself when there are none.
  ///
  /// - Throws: `ConfigurationErrors` with what is wrong with the recipes of all sources together, and what opening a
  ///   source throws.
  package func served() async throws -> Workspace {
    let recipes = try await recipes()
    return recipes.isEmpty ? workspace : workspace.serving(recipes)
  }

  /// Every recipe, the preferred ones first.
  package func recipes() async throws -> [ServedRecipe] {
    let declared = workspace.declaredRecipes
    let own = try await blocking { _ in
      try declared.own.map { try $0.served(as: "recipes/\($0.package)") }
    }
    guard let trees else { return own }
    let found = try await declared.sources.concurrentMap(width: 4) { text -> [ServedRecipe] in
      let source = try ModuleSource(parsing: text.value, relativeTo: workspace.root)
      guard let opened = try await trees.open(source) else { return [] }
      return try await blocking { _ in try Self.recipes(in: opened) }
    }
    return own + found.joined()
  }

  /// The recipes of a source, sorted by package; directories without a recipe's file are none.
  private static func recipes(in source: OpenedSource) throws -> [ServedRecipe] {
    var served: [ServedRecipe] = []
    var problems: [Diagnostic] = []
    var texts: [String: String] = [:]
    for name in try listDirectory(source.root) where !name.hasPrefix(".") {
      guard BuildRecipe.isThere(in: source.root.appending(name)) else { continue }
      let directory = try source.directory(name)
      do {
        let recipe = try BuildRecipe.load(from: directory, shownAs: source.shownPath(of: name))
        served.append(try recipe.served(as: source.reference(to: name, in: directory)))
      } catch let errors as ConfigurationErrors {
        problems += errors.diagnostics
        texts.merge(errors.sources) { $1 }
      }
    }
    let unique = BuildRecipe.unique(served.map(\.recipe)) { problems.append($0) }
    guard problems.isEmpty else { throw ConfigurationErrors(diagnostics: problems, sources: texts) }
    return served.filter { unique.contains($0.recipe) }.sorted { $0.recipe.package < $1.recipe.package }
  }
}
