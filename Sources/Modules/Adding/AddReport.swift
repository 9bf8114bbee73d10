package import Model

/// What adding modules did.
package struct AddReport: Sendable, Hashable {
  package struct Note: Sendable, Hashable {
    package let module: ModuleName
    package let text: String
  }

  /// New files, by path in the repository, sorted; the root `pyproject.toml` among them if it is new.
  package let created: [String]
  /// Files that were written over others, as the user agreed, and the root `pyproject.toml` that was added to.
  package let changed: [String]
  package let identical: [String]
  /// Files that differ and were left as they are.
  package let skipped: [String]
  /// What the modules have to say, in the order in which they were added.
  package let notes: [Note]
}
