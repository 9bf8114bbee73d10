import ConfigMerge
import Model

extension ModuleShelf {
  /// These modules and all that they need, each once and behind what it needs.
  ///
  /// Modules that are asked for are the ones that others get, too; a need for which none was chosen yet gets the first
  /// source's that has a version in its range.
  /// - Throws: as `find`, and `SourceError` for needs that nothing meets and for needs in a circle.
  package func closure(of references: [ModuleReference]) async throws -> [FoundModule] {
    var walk = NeedWalk(shelf: self)
    for reference in references {
      let module = try await find(reference)
      if let other = walk.chosen[module.manifest.name], other.manifest.version != module.manifest.version {
        throw SourceError.noSuchVersion(reference, found: ["\(other.manifest.version), asked for as well"])
      }
      walk.chosen[module.manifest.name] = module
    }
    for reference in references {
      guard let module = walk.chosen[reference.name] else { continue }
      try await walk.visit(module, path: [])
    }
    return walk.ordered
  }
}

/// Goes from modules to what they need, depth first.
private struct NeedWalk {
  let shelf: ModuleShelf
  var chosen: [ModuleName: FoundModule] = [:]
  private(set) var ordered: [FoundModule] = []
  private var done: Set<ModuleName> = []

  init(shelf: ModuleShelf) { self.shelf = shelf }

  /// Appends a module behind its needs; `path` leads to it.
  mutating func visit(_ module: FoundModule, path: [ModuleName]) async throws {
    let name = module.manifest.name
    guard !done.contains(name) else { return }
    let path = path + [name]
    for need in module.manifest.needs {
      if let start = path.firstIndex(of: need.name) {
        throw SourceError.cycle(path[start...] + [need.name], position: need.position)
      }
      try await visit(try await choose(need, of: name), path: path)
    }
    done.insert(name)
    ordered.append(module)
  }

  private mutating func choose(_ need: ModuleNeed, of name: ModuleName) async throws -> FoundModule {
    let range = VersionRange(need.specifiers)
    if let module = chosen[need.name] {
      guard range.containsIncludingPrereleases(module.manifest.version) else {
        throw SourceError.unmetNeed(of: name, need, found: [module.manifest.version.description])
      }
      return module
    }
    let search = try await shelf.search(for: need.name, allowing: range.containsIncludingPrereleases)
    if let module = search.module {
      chosen[need.name] = module
      return module
    }
    guard search.otherVersions.isEmpty else {
      throw SourceError.unmetNeed(of: name, need, found: search.otherVersions)
    }
    let known = try await shelf.knownNames()
    throw SourceError.needsUnknown(of: name, need, nearest: nearest(to: need.name.description, in: known))
  }
}
