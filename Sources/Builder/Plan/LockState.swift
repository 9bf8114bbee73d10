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

  /// The lock of the runenv that a module is put into, when there is one and it is current.
  static func base(of recipe: Recipe, in workspace: Workspace) -> Lock? {
    guard recipe.cell.module != nil, let base = workspace.recipe(for: recipe.cell.baseCell),
      case .current(let lock) = LockState(of: base, in: workspace)
    else { return nil }
    return lock
  }

  init(of recipe: Recipe, in workspace: Workspace) {
    do {
      guard let lock = try Lock.read(of: recipe.cell, in: workspace.root) else {
        self = .missing
        return
      }
      let changes = lock.changes(to: recipe, base: Self.base(of: recipe, in: workspace))
      self = changes.isEmpty ? .current(lock) : .stale(changes)
    } catch {
      self = .unreadable(Diagnostic(error))
    }
  }
}
