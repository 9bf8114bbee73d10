package import ConfigMerge
package import Model
import SystemPackage

/// Locks cells of a workspace: reads the locks that are there, resolves what is not current, writes what is new.
package struct LockRun: Sendable {
  package struct Options: Sendable {
    package var upgrade: LockRequest.Upgrade
    /// Fail where a lock is missing or stale, and write nothing.
    package var isLocked: Bool
    package var excludeNewer: String?

    package init(upgrade: LockRequest.Upgrade = .none, isLocked: Bool = false, excludeNewer: String? = nil) {
      self.upgrade = upgrade
      self.isLocked = isLocked
      self.excludeNewer = excludeNewer
    }
  }

  private let workspace: Workspace
  private let tools: ResolverTools
  private let options: Options

  package init(workspace: Workspace, tools: ResolverTools, options: Options = Options()) {
    self.workspace = workspace
    self.tools = tools
    self.options = options
  }

  /// Locks the cells; one that fails keeps no other from being locked and written.
  ///
  /// - Throws: `CancellationError`, and `FileError` when a lock cannot be written.
  package func run(_ cells: [CellID]) async throws -> LockReport {
    // Modules keep to their runenv's versions, which are known only once it is locked.
    let (injected, plain) = (cells.filter { $0.module != nil }, cells.filter { $0.module == nil })
    let first = try await lock(plain)
    guard !injected.isEmpty else { return first }
    let second = try await lock(injected)
    let outcomes = Dictionary(
      (first.outcomes + second.outcomes).map { ($0.cell, $0) }, uniquingKeysWith: { $1 })
    return LockReport(outcomes: cells.compactMap { outcomes[$0] }, skews: first.skews + second.skews)
  }

  private func lock(_ cells: [CellID]) async throws -> LockReport {
    let requests = cells.compactMap(workspace.recipe).map(request)
    if options.isLocked { return LockReport(outcomes: requests.map(check), skews: []) }
    let report = try await Resolver(tools: tools).lock(requests, siblings: siblings(of: cells))
    for outcome in report.outcomes where !outcome.isReused {
      guard case .success(let lock) = outcome.result else { continue }
      let path = Lock.path(of: outcome.cell, in: workspace.root)
      try makeDirectory(path.removingLastComponent())
      try lock.write(to: path)
    }
    return report
  }

  private func request(_ recipe: Recipe) -> LockRequest {
    LockRequest(
      recipe, existing: existing(recipe.cell), base: LockState.base(of: recipe, in: workspace),
      upgrade: options.upgrade, excludeNewer: options.excludeNewer)
  }

  /// The lock on disk; one that can't be read is as good as none, and is written anew.
  private func existing(_ cell: CellID) -> Lock? {
    do {
      return try Lock.read(of: cell, in: workspace.root)
    } catch {
      let problem = Diagnostic(error)
      tools.events(
        .diagnosed(
          Diagnostic(.warning, problem.message, at: problem.position, hint: "the cell is locked anew")))
      return nil
    }
  }

  /// The locks of a runenv's other platforms, whose versions a new one should have too.
  private func siblings(of cells: [CellID]) -> [CellID: Lock] {
    let runenvs = Set(cells.map(\.runenv))
    let others = workspace.cells.filter { runenvs.contains($0.runenv) && !cells.contains($0) }
    return Dictionary(uniqueKeysWithValues: others.compactMap { cell in existing(cell).map { (cell, $0) } })
  }

  private func check(_ request: LockRequest) -> LockOutcome {
    LockOutcome(
      cell: request.cell, result: Result { () throws in try request.requireCurrent() }, isReused: true,
      diagnostics: [])
  }
}
