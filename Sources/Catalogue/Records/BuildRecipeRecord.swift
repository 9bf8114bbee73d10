package import Model

/// The recipe that a package's wheel was built from source by.
package struct BuildRecipeRecord: Hashable, Sendable, Codable {
  /// What finds it again: `recipes/lightfm`, a repository at a commit.
  package let reference: String
  /// Of its values and files.
  package let digest: Digest

  package init(reference: String, digest: Digest) {
    self.reference = reference
    self.digest = digest
  }
}
