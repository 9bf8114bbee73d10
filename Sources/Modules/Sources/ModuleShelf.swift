package import Artifacts
package import ConfigMerge
package import Model
package import SystemPackage

/// The modules of several sources; of modules with the same name the first source's counts.
package struct ModuleShelf: Sendable {
  package let sources: [ModuleSource]
  private let trees: SourceTrees
  private let events: EventSink
  private let origins: [any ModuleOrigin]

  /// Names sources; nothing is read or fetched before a module is asked for.
  ///
  /// Without a fetcher there are no archives, without git only what the cache has of repositories. `events` is told of
  /// fetching, and of problems that stop nothing.
  package init(
    sources: [ModuleSource], cache: FilePath, fetcher: Fetcher? = nil, git: Git? = nil,
    events: @escaping EventSink = { _ in }
  ) {
    self.sources = sources
    self.events = events
    trees = SourceTrees(cache: cache, fetcher: fetcher, git: git, events: events)
    origins = sources.map(trees.origin)
  }

  /// Every module by its name; of those with one name the first source's.
  ///
  /// A source that isn't there or a module that is wrong is told to `events` and hides no other.
  package func all() async throws -> [FoundModule] { try await all(report: events) }

  private func all(report: @escaping EventSink) async throws -> [FoundModule] {
    let found = try await origins.concurrentMap(width: 8) { origin in
      do {
        return try await origin.modules(report: report)
      } catch let error where !(error is CancellationError) {
        for problem in Diagnostic.all(of: error) { report(.diagnosed(problem)) }
        return []
      }
    }
    var names: Set<ModuleName> = []
    return found.joined().filter { names.insert($0.manifest.name).inserted }
      .sorted { $0.manifest.name < $1.manifest.name }
  }

  /// The module of the first source that has one of this name, and of this version where one is given.
  ///
  /// - Throws: `SourceError`, with the nearest name or the versions that there are; what is wrong with the module; and
  ///   what is wrong with a source that comes before the one that has it, for it might have it too.
  package func find(_ reference: ModuleReference) async throws -> FoundModule {
    let search = try await search(for: reference.name) { reference.version == nil || reference.version == $0 }
    if let module = search.module { return module }
    guard search.otherVersions.isEmpty else {
      throw SourceError.noSuchVersion(reference, found: search.otherVersions)
    }
    let known = try await knownNames()
    throw SourceError.unknownModule(
      reference.name, nearest: nearest(to: reference.name.description, in: known), known: known)
  }

  /// The module that a reference names, which was recorded when it was found.
  ///
  /// A relative directory is one below `base`.
  package func module(
    atReference reference: String, relativeTo base: FilePath = "/"
  ) async throws -> FoundModule {
    let source = try ModuleSource(parsing: reference, relativeTo: base)
    guard let directory = try await (trees.origin(of: source) as? any UnpackedOrigin)?.open() else {
      throw SourceError.notModules(redacting(reference))
    }
    return try await blocking { _ in try directory.single() }
  }

  /// The modules in which every word occurs, in name, summary or the names of inputs and outputs; those with all
  /// words in their name come first.
  package func search(_ text: String) async throws -> [FoundModule] {
    let words = text.lowercased().split(whereSeparator: \.isWhitespace)
    let found = try await all().filter { module in words.allSatisfy(module.manifest.searchText.contains) }
    let (named, others) = (
      found.filter { module in words.allSatisfy(module.manifest.name.description.contains) },
      found.filter { module in !words.allSatisfy(module.manifest.name.description.contains) }
    )
    return named + others
  }

  /// The names of all modules, without a word about what is wrong with others.
  func knownNames() async throws -> [String] {
    try await all(report: { _ in }).map(\.manifest.name.description)
  }

  /// The first module of this name and a version that will do, and the versions passed over until then.
  func search(
    for name: ModuleName, allowing isAllowed: (PackageVersion) -> Bool
  ) async throws -> (module: FoundModule?, otherVersions: [String]) {
    var others: [String] = []
    for origin in origins {
      for module in try await origin.modules(named: name, report: events) {
        if isAllowed(module.manifest.version) { return (module, others) }
        let version = module.manifest.version.description
        if !others.contains(version) { others.append(version) }
      }
    }
    return (nil, others)
  }
}

extension ModuleManifest {
  fileprivate var searchText: String {
    ([name.description, summary] + (inputs + outputs).map(\.name)).joined(separator: " ").lowercased()
  }
}
