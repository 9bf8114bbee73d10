package import Model

/// A file, a directory or a pattern of files that is copied when a module is added.
package struct ModuleFile: Sendable, Hashable {
  /// Relative to the module's directory; a pattern where it has one of `*?[{` in it.
  package let from: Located<String>
  /// Relative to the added module's directory, and a template.
  ///
  /// A directory's content goes under it, and what a pattern matches with the path behind the pattern's fixed directory.
  package let to: Located<String>
  /// Whether the content is a template.
  package let isTemplate: Bool
  package let condition: ModuleCondition

  package var isPattern: Bool { from.value.isPattern }

  /// The leading parts of `from` that hold no pattern: `src` of `src/**/*.py`, `.` of `*.md`.
  package var fixedDirectory: String { Self.fixedDirectory(of: from.value) }

  /// Where it goes when the manifest doesn't say: where it is in the source.
  static func standardTarget(of from: String) -> String {
    from.isPattern ? fixedDirectory(of: from) : from
  }

  private static func fixedDirectory(of pattern: String) -> String {
    let parts = pattern.split(separator: "/").prefix { !$0.isPattern }
    return parts.isEmpty ? "." : parts.joined(separator: "/")
  }

  /// Why a module may not write to a path of its own directory, rendered or not; nil when it may.
  ///
  /// `pyproject.toml` is ppp's to write, and a `.git` would make git run what is in it.
  package static func problem(ofTarget path: String) -> String? {
    let parts = path.split(separator: "/").filter { $0 != "." }.map { $0.lowercased() }
    if parts.contains("..") { return "'..' leaves the module" }
    if parts == ["pyproject.toml"] { return "ppp writes pyproject.toml itself, of what the manifest says" }
    if parts.contains(".git") { return "git keeps its own files there" }
    return nil
  }
}

/// A requirement of a module.
package struct ModuleRequirement: Sendable, Hashable {
  package let requirement: Located<Requirement>
  package let condition: ModuleCondition
}

/// Something that a module reads or makes.
package struct ModuleField: Sendable, Hashable {
  package let name: String
  package let summary: String
}
