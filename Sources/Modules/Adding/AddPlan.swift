import ConfigMerge
package import Model

/// What adding modules to a repository will do, as a value; nothing is written before `apply`.
package struct AddPlan: Sendable {
  package let repository: Repository
  /// In the order given.
  package let modules: [PlannedModule]
  /// The files of all modules, sorted by path.
  package let files: [PlannedFile]
  package let project: PlannedProject
  package let warnings: [Diagnostic]

  /// The files that only the user can decide about.
  package var differing: [PlannedFile] {
    files.filter { if case .differs = $0.change { true } else { false } }
  }

  /// Whether everything is there already.
  package var isNothing: Bool { files.allSatisfy { $0.change == .identical } && !project.isChanged }
}
