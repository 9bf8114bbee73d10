import ConfigMerge
package import Model

/// What a repository's `pyproject.toml` has to know of a module.
package struct ProjectMember: Sendable, Hashable {
  package let name: PackageName
  /// Relative to the repository, with `/` between its parts.
  package let directory: String
  /// What the module's tests and checks need.
  package let development: [Requirement]
  /// Version specifiers (PEP 440).
  package let requiredPython: String
}

extension ProjectMember {
  init(_ module: RenderedModule, directory: String) {
    self.init(
      name: module.manifest.name.packageName, directory: directory,
      development: module.manifest.devDependencies.filter { $0.condition.holds(for: module.options) }
        .map(\.requirement.value),
      requiredPython: module.manifest.requiredPython)
  }
}

/// Something that was added to a `pyproject.toml`.
package struct ProjectAddition: Sendable, Hashable, CustomStringConvertible {
  /// As TOML writes it: `project.dependencies`.
  package let key: String
  package let text: String

  package var description: String { "\(key): \(text)" }
}
