import ConfigMerge
import Model

extension CellResolver {
  /// Says so when it is only the runenv's versions, to which a module keeps, that leave no solution.
  ///
  /// - Throws: `ResolveError.held` with the versions on both sides.
  func refuseConflict(of compile: UVCompile, _ explanation: String) async throws {
    guard let held, !compile.constraints.isEmpty else { return }
    var free = compile
    free.constraints = []
    guard case .resolved(let text) = try await run(free) else { return }
    let versions = held.held(for: recipe)
    let conflicts = try read(text).packages.compactMap { package -> ResolveError.HeldVersion? in
      guard let version = versions[package.name], let wanted = package.version, wanted != version else {
        return nil
      }
      return ResolveError.HeldVersion(name: package.name, held: version, wanted: wanted)
    }
    guard !conflicts.isEmpty else { return }
    throw ResolveError.held(recipe.cell, conflicts.sorted { $0.name < $1.name }, explanation: explanation)
  }
}
