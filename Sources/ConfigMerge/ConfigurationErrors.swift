package import Model

/// Every problem that a workspace's configuration files have, together.
package struct ConfigurationErrors: UserFacingError {
  /// At least one error, and the warnings among them; sorted by file, line and column.
  package let diagnostics: [Diagnostic]
  /// The files that the diagnostics point into, by the name the positions use.
  package let sources: [String: String]

  package init(diagnostics: [Diagnostic], sources: [String: String]) {
    self.diagnostics = diagnostics.inSourceOrder
    self.sources = sources
  }

  private var first: Diagnostic? { diagnostics.first { $0.severity == .error } }

  package var description: String {
    let others = diagnostics.count { $0.severity == .error } - 1
    let message = first?.message ?? "the configuration is wrong"
    return others > 0 ? "\(message) (and \(others) more)" : message
  }
  package var position: SourcePosition? { first?.position }
  package var hint: String? { first?.hint }
}

extension [Diagnostic] {
  /// Sorted by place, those without one first; the same problem at the same place only once.
  var inSourceOrder: [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return filter { seen.insert($0).inserted }.sorted { left, right in
      switch (left.position, right.position) {
      case (let a?, let b?): a == b ? left.message < right.message : a < b
      case (nil, .some): true
      case (.some, nil): false
      case (nil, nil): left.message < right.message
      }
    }
  }
}
