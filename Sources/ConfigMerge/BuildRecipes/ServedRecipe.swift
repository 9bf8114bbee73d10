package import Model

/// A recipe that was found, and what tells it from others.
package struct ServedRecipe: Sendable, Hashable {
  package let recipe: BuildRecipe
  /// Of all that decides what is built and whether it passes: values and files, without reasons and ranges.
  package let digest: Digest
  /// What finds exactly this recipe again, and carries no password: `recipes/lightfm`, a commit of a repository.
  package let reference: String

  package init(recipe: BuildRecipe, digest: Digest, reference: String) {
    self.recipe = recipe
    self.digest = digest
    self.reference = reference
  }
}

extension Recipe {
  /// The recipe that a package of the cell is built by: the first that is for it.
  ///
  /// Without a version it is the first that is for any.
  package func buildRecipe(for package: PackageName, version: String?) -> ServedRecipe? {
    let version = version.flatMap { PackageVersion($0) }
    return buildRecipes.first { served in
      served.recipe.package == package
        && served.recipe.serves(version: version, python: python, on: cell.platform)
    }
  }
}
