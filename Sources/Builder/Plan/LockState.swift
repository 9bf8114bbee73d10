import ConfigMerge
import Model
import SystemPackage

/// How a cell's lock file stands to the cell's configuration.
enum LockState: Sendable {
  case missing
  case unreadable(Diagnostic)
  /// It was made from another configuration: what differs.
  case stale([KeyChange])
  case current(Lock)

  init(of recipe: Recipe, in workspace: FilePath) {
    do {
      guard let lock = try Lock.read(of: recipe.cell, in: workspace) else {
        self = .missing
        return
      }
      let changes = lock.inputs.changes(to: LockInputs(recipe))
      self = changes.isEmpty ? .current(lock) : .stale(changes)
    } catch {
      self = .unreadable(Diagnostic(error))
    }
  }
}
