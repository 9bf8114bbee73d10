package import SystemPackage

/// The repository that modules are added to: a directory with, or for, a root `pyproject.toml`.
package struct Repository: Sendable, Hashable {
  package let root: FilePath

  package init(root: FilePath) { self.root = root }
}
