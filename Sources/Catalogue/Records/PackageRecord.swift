package import Model

/// A package that a bundle holds.
package struct PackageRecord: Hashable, Sendable, Codable {
  package let name: PackageName
  /// As its metadata writes it (PEP 440).
  package let version: String
  /// The artifact that it was installed from; nil where there is none, as for a package of the project itself.
  package let artifact: Digest?
  /// Whether the recipe asks for it by name, rather than something that it needs.
  package let requested: Bool
  /// As the package's metadata states it: an SPDX expression where it is one (PEP 639).
  package let licence: String?
  /// Nil where its code is as its wheel has it.
  package let level: LevelRecord?
  /// Nil where its wheel was not built by a recipe.
  package let recipe: BuildRecipeRecord?

  package init(
    name: PackageName, version: String, artifact: Digest?, requested: Bool, licence: String? = nil,
    level: LevelRecord? = nil, recipe: BuildRecipeRecord? = nil
  ) {
    self.name = name
    self.version = version
    self.artifact = artifact
    self.requested = requested
    self.licence = licence
    self.level = level
    self.recipe = recipe
  }
}
