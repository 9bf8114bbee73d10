import Model

/// Brings the platforms of one runenv to the same versions where wheels allow.
struct Alignment: Sendable {
  let runenv: String
  /// The cells that may be resolved again.
  var cells: [Platform: (resolver: CellResolver, resolution: CellResolution)]
  /// What other platforms are locked to and stay at.
  let fixed: [Platform: [LockedPackage]]
  /// What was fixed so far, by name.
  private var constraints: [PackageName: PackageVersion] = [:]

  private static let roundLimit = 4

  init(
    runenv: String, cells: [Platform: (resolver: CellResolver, resolution: CellResolution)],
    fixed: [Platform: [LockedPackage]]
  ) {
    self.runenv = runenv
    self.cells = cells
    self.fixed = fixed
  }

  /// The packages that differ now.
  var skews: [Skew] {
    Skew.find(in: runenv, fixed.merging(cells.mapValues { $0.resolution.packages }) { $1 })
  }

  /// Tries the lowest common versions, all at once, else one by one; what doesn't work stays as it was.
  ///
  /// One change can make others differ or agree, so it is looked at again a few times.
  mutating func align() async throws {
    var refused: Set<PackageName> = []
    for _ in 0..<Self.roundLimit {
      let open = skews.filter { !refused.contains($0.name) }
      if open.isEmpty { return }
      let wanted = open.compactMap { skew in skew.lowest.map { (skew.name, $0) } }
      if try await attempt(Dictionary(uniqueKeysWithValues: wanted)) { continue }
      for (name, version) in wanted {
        if wanted.count > 1, try await attempt([name: version]) { continue }
        refused.insert(name)
      }
    }
  }

  /// Resolves with versions fixed, and keeps the result if every cell has one and lacks nothing more than before.
  private mutating func attempt(_ versions: [PackageName: PackageVersion]) async throws -> Bool {
    let wanted = constraints.merging(versions) { $1 }
    let affected = cells.filter { _, cell in
      cell.resolution.packages.contains { package in
        wanted[package.name].map { PackageVersion(package.version ?? "")?.withoutLocal != $0 } ?? false
      }
    }
    guard !affected.isEmpty else { return false }
    let lines = wanted.sorted { $0.key < $1.key }.map { "\($0.key)==\($0.value)" }
    let results = try await affected.sorted { $0.key < $1.key }.concurrentMap(width: Resolver.width) {
      platform, cell in
      (platform, try await cell.resolver.resolve(cell.resolution.choice, constraints: lines))
    }
    for (platform, result) in results {
      guard let result, affected[platform]?.resolution.omissions == result.omissions else { return false }
    }
    for (platform, result) in results { if let result { cells[platform]?.resolution = result } }
    constraints = wanted
    return true
  }
}
