package import Model

/// What is to become of a package's Python code.
package struct CodeForm: Sendable, Hashable {
  /// What minifying takes out beside white space, comments and long names.
  package struct Minification: Sendable, Hashable {
    package let removesDocstrings: Bool
    package let removesAnnotations: Bool
    /// python-minifier's.
    package let version: String

    package init(removesDocstrings: Bool, removesAnnotations: Bool, version: String) {
      self.removesDocstrings = removesDocstrings
      self.removesAnnotations = removesAnnotations
      self.version = version
    }
  }

  package let level: CodeLevel
  /// Whether sources stay beside what is made of them; `instant` has nothing else.
  package let keepsSources: Bool
  /// Nil leaves the code as it is written.
  package let minification: Minification?

  package init(level: CodeLevel, keepsSources: Bool, minification: Minification? = nil) {
    self.level = level
    self.keepsSources = keepsSources || level == .instant
    self.minification = minification
  }

  /// Whether packages are left as their wheels have them.
  package var isUnchanged: Bool { level == .instant && minification == nil }

  /// Whether native code is made of it, where that can be done.
  package var isCompiled: Bool { level == .native || level == .mixed }

  /// The kind of the layers that are made in this form.
  package var layerKind: String { level == .instant ? "minified" : level.rawValue }

  /// The kinds of all layers that are made of a package's layer.
  package static let layerKinds =
    ["minified"] + CodeLevel.allCases.filter { $0 != .instant }.map(\.rawValue)

  /// What of it decides the bytes, each as `KEY VALUE`.
  package var words: [String] {
    var words = ["level \(level.rawValue)", "sources \(keepsSources ? "kept" : "removed")"]
    if let minification {
      words.append("minifier \(minification.version)")
      if minification.removesDocstrings { words.append("removes docstrings") }
      if minification.removesAnnotations { words.append("removes annotations") }
    }
    return words
  }
}
