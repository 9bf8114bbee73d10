/// Under which options a part of a module counts: each option named has one of the values given.
package struct ModuleCondition: Sendable, Hashable {
  package struct Clause: Sendable, Hashable {
    package let option: String
    /// At least one.
    package let values: [OptionValue]
  }

  /// In the manifest's order; none holds for all options.
  package let clauses: [Clause]

  package static let always = ModuleCondition(clauses: [])

  package func holds(for options: [String: OptionValue]) -> Bool {
    clauses.allSatisfy { clause in options[clause.option].map(clause.values.contains) ?? false }
  }

  /// Whether there can be options under which both hold.
  func isCompatible(with other: ModuleCondition) -> Bool {
    clauses.allSatisfy { clause in
      other.clauses.allSatisfy {
        $0.option != clause.option || $0.values.contains(where: clause.values.contains)
      }
    }
  }
}
