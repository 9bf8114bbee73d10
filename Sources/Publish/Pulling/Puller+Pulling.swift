import Artifacts
import Catalogue
import Layers
package import Model
import SystemPackage
import Trust

extension Puller {
  /// Pulls an environment and makes it the current one; of earlier ones, so many that there are `keep` are left.
  ///
  /// The tree is made beside the others and has its name once it is whole, so that whatever goes wrong leaves the
  /// current one as it is. What was fetched stays in the cache, and is not fetched again.
  package func pull(
    _ reference: PullReference, platform: Platform?, keep: Int = 2, remembering address: String
  ) async throws -> PullReport {
    precondition(keep > 0, "the current tree is kept")
    // Before anything is made: a directory with other things in it stays as it is.
    _ = try directory.state()
    try makeDirectory(directory.tables)
    try makeDirectory(directory.stamps)
    try makeDirectory(directory.trees)
    let lock = try await EnvironmentLock.take(directory) {
      events(
        .diagnosed(Diagnostic(.warning, "another ppp is pulling into '\(directory.root)'; waiting for it")))
    }
    defer { withExtendedLifetime(lock) {} }
    return try await pullAlone(reference, platform: platform, keep: keep, remembering: address)
  }

  private func pullAlone(
    _ reference: PullReference, platform: Platform?, keep: Int, remembering address: String
  ) async throws -> PullReport {
    let listing = try await source.listing()
    let freshness = Freshness(in: directory.seen)
    if let promise = listing.promise { try freshness.check(promise, from: source.place, now: now) }
    // It takes the disk some time, and is awaited before anything becomes current.
    async let accepted: Void = blocking { [source, now] _ in
      if let promise = listing.promise { try freshness.accept(promise, from: source.place, now: now) }
    }
    var plan = try await plan(reference, platform: platform, listing)
    if let tree = plan.tree, try await !hasSurvived(tree) {
      plan = try await self.plan(reference, platform: platform, listing, damaged: tree)
    }
    let step = Step(.pull, plan.cell.description, detail: plan.version.map { "version \($0)" })
    events(.started(step))
    do {
      let state = try directory.state()
      let tally = try await perform(plan, state)
      try await accepted
      try switchTo(plan, state, keep: keep, address, tally.placed)
      let report = PullReport(plan, tally)
      events(
        .finished(step, plan.isCurrent ? .reused(nil) : .done(ByteCount(report.fetchedBytes).description)))
      return report
    } catch {
      if !(error is CancellationError) { events(.finished(step, .failed(Diagnostic(error)))) }
      throw error
    }
  }

  /// Makes the tree, unless it is there.
  private func perform(_ plan: PullPlan, _ state: PullState) async throws -> PullTally {
    guard plan.tree == nil else { return PullTally() }
    try await blocking { _ in try directory.sweep(state) }
    let name = EnvironmentDirectory.treeName(of: plan.entry.digest)
    let draft = directory.trees.appending(".\(name)")
    let tally: PullTally
    do {
      tally = try await plan.isWhole ? unpackWhole(plan, to: draft) : assemble(plan, state, at: draft)
      try await blocking { _ in
        try LateImports.keep(in: draft)
        try directory.settle(draft, as: name)
      }
    } catch {
      // The error that is thrown says what went wrong; what can't be removed is removed by the next pull.
      try? removeTree(draft)
      throw error
    }
    return tally
  }

  private func switchTo(
    _ plan: PullPlan, _ state: PullState, keep: Int, _ address: String, _ placed: [Digest: PlacedLayer]
  ) throws {
    var state = state
    let tree =
      plan.tree
      ?? PulledTree(
        name: EnvironmentDirectory.treeName(of: plan.entry.digest), cell: plan.cell, version: plan.version,
        digest: plan.entry.digest, layers: plan.items.map(\.layer.digest),
        boot: plan.isWhole ? nil : bootIdentity())
    let former = directory.currentTree(in: state)
    guard !plan.isCurrent || state.source != address else { return }
    state.source = address
    state.trees.removeAll { $0.digest == tree.digest || $0 == former }
    state.trees += [former].compactMap(\.self).filter { $0.digest != tree.digest } + [tree]
    try directory.write(state)
    if !plan.isCurrent { try directory.makeCurrent(tree) }
    var placed = placed
    if state.trees.count > keep {
      state.trees.removeFirst(state.trees.count - keep)
      try directory.write(state)
      try directory.sweep(state)
      let root = directory.path(of: tree)
      do {
        let root = try OpenDirectory(root)
        for layer in placed.keys { placed[layer]?.refresh(in: root) }
      } catch {
        throw FileError(verb: "read", path: root, cause: error)
      }
    }
    if !placed.isEmpty { try directory.keep(placed, of: tree) }
  }
}

extension EnvironmentDirectory {
  /// Makes the tree before the current one the current one; nothing is fetched and nothing removed.
  ///
  /// - Returns: the tree that was current, and the one that is.
  package func rollBack() async throws -> (from: PulledTree, to: PulledTree) {
    guard !(try state()).trees.isEmpty else { throw PullError.nothingPulled(root) }
    let lock = try await EnvironmentLock.take(self) {}
    return try withExtendedLifetime(lock) {
      let state = try state()
      guard let former = currentTree(in: state), let place = state.trees.lastIndex(of: former), place > 0,
        FileStatus(of: path(of: state.trees[place - 1]))?.kind == .directory
      else { throw PullError.noEarlierTree(root) }
      try makeCurrent(state.trees[place - 1])
      return (former, state.trees[place - 1])
    }
  }
}
