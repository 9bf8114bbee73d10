package import Model

/// What became of a package's Python code.
package struct LevelRecord: Hashable, Sendable, Codable {
  /// A Python file that nothing was made of, and why.
  package struct Source: Hashable, Sendable, Codable {
    /// Relative to the environment's prefix.
    package let path: String
    package let reason: String

    package init(path: String, reason: String) {
      self.path = path
      self.reason = reason
    }
  }

  package let level: CodeLevel
  /// Whether the sources are beside what was made of them.
  package let keepsSources: Bool
  package let isMinified: Bool
  /// The files that stayed as they were, sorted by path.
  package let sources: [Source]

  package init(level: CodeLevel, keepsSources: Bool, isMinified: Bool, sources: [Source]) {
    self.level = level
    self.keepsSources = keepsSources
    self.isMinified = isMinified
    self.sources = sources
  }
}
