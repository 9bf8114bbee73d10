package import Model
import SystemPackage

extension Workspace {
  /// What a workspace's files say about recipes.
  package struct DeclaredRecipes: Sendable {
    /// Those of `recipes/`, sorted by package.
    package var own: [BuildRecipe] = []
    /// Where recipes are found besides.
    package var sources: [Located<String>] = []
  }

  /// The workspace with recipes for builds, the preferred ones first.
  package func serving(_ recipes: [ServedRecipe]) -> Workspace {
    var workspace = self
    workspace.served = recipes
    return workspace
  }
}

extension WorkspaceLoader {
  /// The recipes in `recipes/`: every directory there has to be one.
  mutating func buildRecipes() -> [BuildRecipe] {
    let parent = root.appending("recipes")
    guard Workspace.isDirectory(parent) else { return [] }
    let names: [String]
    do throws(FileError) { names = try listDirectory(parent) } catch {
      report(Diagnostic(error))
      return []
    }
    var recipes: [BuildRecipe] = []
    for name in names where !name.hasPrefix(".") && Workspace.isDirectory(parent.appending(name)) {
      do throws(ConfigurationErrors) {
        recipes.append(try recipe(in: parent.appending(name)))
      } catch {
        report(error)
      }
    }
    return BuildRecipe.unique(recipes) { report($0) }
  }

  private func recipe(in directory: FilePath) throws(ConfigurationErrors) -> BuildRecipe {
    let place: FilePath
    do throws(FileError) { place = try realPath(directory) } catch { throw ConfigurationErrors(error) }
    return try BuildRecipe.load(from: place, shownAs: shown(directory))
  }
}

extension BuildRecipe {
  /// One recipe for a package; a second one, whose directory spells the name otherwise, is told of.
  package static func unique(_ recipes: [BuildRecipe], report: (Diagnostic) -> Void) -> [BuildRecipe] {
    var known: [PackageName: BuildRecipe] = [:]
    return recipes.filter { recipe in
      if let first = known[recipe.package] {
        report(
          Diagnostic(
            .error, "there is another recipe for '\(recipe.package)'",
            at: SourcePosition(file: recipe.file, line: 1, column: 1),
            hint: "the first one is '\(first.file)'"))
        return false
      }
      known[recipe.package] = recipe
      return true
    }
  }
}
