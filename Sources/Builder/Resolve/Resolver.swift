import Artifacts
package import Model
import Runtimes

/// Makes locks: resolves cells, each by itself, and brings the platforms of a runenv together.
package struct Resolver: Sendable {
  /// How many cells are resolved at once.
  static let width = 4

  let tools: ResolverTools

  package init(tools: ResolverTools) { self.tools = tools }

  /// Locks the requested cells; one that fails doesn't stop the others.
  ///
  /// Current locks are handed back as they are. Nothing is written. `siblings` are the locks of cells that are not
  /// requested, whose versions are preferred for a new platform of the same runenv. Only cancellation is thrown.
  package func lock(_ requests: [LockRequest], siblings: [CellID: Lock] = [:]) async throws -> LockReport {
    let known = siblings.merging(
      requests.compactMap { request in request.existing.map { (request.cell, $0) } }
    ) { $1 }
    let open = requests.filter { !$0.isCurrent }
    for request in open { tools.events(.started(Step(.resolve, request.cell.description))) }
    let resolutions = try await open.concurrentMap(width: Self.width) { request in
      (request, try await resolve(request, known: known))
    }
    let aligned = try await align(resolutions, requests: requests, known: known)
    let sizes = try await sizes(of: aligned.values.compactMap { try? $0.get() }, known: known)
    let locked = try await open.concurrentMap(width: Self.width) { request in
      try await outcome(of: request, aligned[request.cell] ?? .failure(CancellationError()), sizes: sizes)
    }
    let outcomes = Dictionary(uniqueKeysWithValues: locked.map { ($0.cell, $0) })
    let all = requests.compactMap { request in
      outcomes[request.cell]
        ?? request.existing.map {
          LockOutcome(cell: request.cell, result: .success($0), isReused: true, diagnostics: [])
        }
    }
    return LockReport(outcomes: all, skews: Self.skews(all, siblings: siblings))
  }

  private typealias Resolution = (resolver: CellResolver, result: Result<CellResolution, any Error>)

  private func resolve(_ request: LockRequest, known: [CellID: Lock]) async throws -> Resolution {
    let resolver = CellResolver(request, preferences: preferences(for: request, known: known), tools: tools)
    do {
      return (resolver, .success(try await resolver.resolve()))
    } catch let error as CancellationError {
      throw error
    } catch {
      try Task.checkCancellation()
      return (resolver, .failure(error))
    }
  }

  /// The lock that uv reads versions to keep from: the cell's own, else one of another platform of the runenv.
  private func preferences(for request: LockRequest, known: [CellID: Lock]) -> String? {
    if request.upgrade == .all { return nil }
    let lock =
      request.existing ?? request.base
      ?? known.filter { $0.key.runenv == request.cell.runenv }.min { $0.key < $1.key }?.value
    guard var lock else { return nil }
    if case .packages(let names) = request.upgrade { lock.packages.removeAll { names.contains($0.name) } }
    // Only versions matter; what has none can't be preferred.
    lock.packages.removeAll { $0.version == nil || $0.needsBuild }
    // A lock of nothing is none to uv.
    return lock.packages.isEmpty ? nil : lock.toml
  }

  /// The results, with the platforms of each runenv brought to common versions where that works.
  private func align(
    _ resolutions: [(LockRequest, Resolution)], requests: [LockRequest], known: [CellID: Lock]
  ) async throws -> [CellID: Result<CellResolution, any Error>] {
    var results = Dictionary(uniqueKeysWithValues: resolutions.map { ($0.0.cell, $0.1.result) })
    let groups = Dictionary(grouping: resolutions, by: { $0.0.cell.runenv })
    let aligned = try await groups.sorted { $0.key < $1.key }.concurrentMap(width: 2) { runenv, members in
      var cells: [Platform: (resolver: CellResolver, resolution: CellResolution)] = [:]
      for (request, resolution) in members {
        if case .success(let value) = resolution.result {
          cells[request.cell.platform] = (resolution.resolver, value)
        }
      }
      let others = known.filter { $0.key.runenv == runenv && cells[$0.key.platform] == nil }
      let fixed = others.map { ($0.key.platform, $0.value.packages) }
      var alignment = Alignment(
        runenv: runenv, cells: cells, fixed: Dictionary(uniqueKeysWithValues: fixed))
      try await alignment.align()
      return (runenv, alignment.cells.mapValues(\.resolution))
    }
    for (runenv, cells) in aligned {
      for (platform, resolution) in cells {
        results[CellID(runenv: runenv, platform: platform)] = .success(resolution)
      }
    }
    return results
  }

  private static func skews(_ outcomes: [LockOutcome], siblings: [CellID: Lock]) -> [Skew] {
    var locks = siblings
    for outcome in outcomes { if case .success(let lock) = outcome.result { locks[outcome.cell] = lock } }
    let groups = Dictionary(grouping: locks, by: \.key.runenv)
    return groups.sorted { $0.key < $1.key }.flatMap { runenv, cells in
      Skew.find(
        in: runenv, Dictionary(uniqueKeysWithValues: cells.map { ($0.key.platform, $0.value.packages) }))
    }
  }
}
