import Artifacts
import ConfigMerge
import Model
import PackageIndex
import Wheels

/// What a cell's packages are once versions are chosen.
struct CellResolution: Sendable {
  var packages: [LockedPackage]
  var omissions: [LockedOmission]
  /// The decisions that led to it, to resolve again from there.
  var choice: CellResolver.Choice
}

/// Chooses the versions of one cell's packages.
///
/// Precedence of each package: skip, buildWheel, forceSource, wheel, source where `resolution` allows it, omitted.
/// What lacks a wheel is found out from the indexes' files and the platform's tags, never from uv's messages.
struct CellResolver: Sendable {
  /// Which packages are not taken as wheels.
  struct Choice: Sendable {
    /// Left out; the skip rules' from the beginning.
    var omitted: [PackageName: LockedOmission]
    var sources: Set<PackageName>
  }

  let recipe: Recipe
  let tools: ResolverTools
  let facts: IndexFacts
  let template: UVCompile
  let secrets: [String]
  /// The lock of the runenv, to whose versions a module's cell keeps.
  let held: Lock?

  /// Every round leaves out or builds at least one more package.
  private static let roundLimit = 40

  init(_ request: LockRequest, preferences: String?, tools: ResolverTools) {
    let recipe = request.recipe
    self.recipe = recipe
    self.tools = tools
    let indexes = recipe.registries.inOrder
    secrets =
      indexes
      + recipe.dependencies.compactMap {
        $0.value.url.map { $0.hasPrefix("git+") ? String($0.dropFirst(4)) : $0 }
      }
    let floor = recipe.floor?.value
    facts = IndexFacts(
      indexes: indexes.map { PackageIndex(url: $0, fetcher: tools.fetcher) }, python: recipe.python,
      tags: SupportedTags(python: recipe.python, platform: recipe.cell.platform, floor: floor),
      excludeNewer: request.excludeNewer)
    held = request.base
    template = UVCompile(
      requirements: [], constraints: request.constraints, noDeps: recipe.noDeps.sorted(),
      indexes: facts.indexes.map(\.url),
      python: recipe.python,
      target: UVTarget(platform: recipe.cell.platform, floor: floor), preferences: preferences,
      refresh: request.upgrade != .none, excludeNewer: request.excludeNewer,
      offline: tools.fetcher.settings.offline)
  }

  /// What the configuration decides before anything is asked.
  var initialChoice: Choice {
    let skips = recipe.skips.map {
      ($0.name, LockedOmission(name: $0.name, rule: .skip, reason: $0.reason))
    }
    let ruled = recipe.rules.filter { $0.value.buildsFromSource }.keys
    let repositories = recipe.dependencies.map(\.value).filter(\.isFromSource).map(\.name)
    let forced = recipe.resolution.forceNoBinaryList.map(\.value)
    let omitted = Dictionary(skips) { first, _ in first }
    return Choice(
      omitted: omitted, sources: Set(ruled).union(repositories).union(forced).subtracting(omitted.keys))
  }

  /// Resolves, leaving out or building what has no wheel, until it works or nothing more can be done.
  ///
  /// - Throws: `ResolveError`; `ArtifactError` where an index can't be asked.
  func resolve() async throws -> CellResolution {
    var choice = initialChoice
    try LockRequest.checkTime(template.excludeNewer)
    for _ in 0..<Self.roundLimit {
      let compile = try await compile(for: choice)
      switch try await run(compile) {
      case .resolved(let text):
        let lock = try read(text)
        let missing = try await lacking(in: lock, choice)
        if missing.isEmpty { return resolution(of: lock, choice) }
        try apply(missing, to: &choice)
      case .failed(let explanation):
        try await refuseConflict(of: compile, explanation)
        let missing = try await missing(for: compile, choice, explanation: explanation)
        guard !missing.isEmpty else { throw await unresolvable(choice, explanation) }
        try apply(missing, to: &choice)
      }
    }
    throw await unresolvable(choice, "there was no end to packages without wheels")
  }

  /// The same choice with some versions fixed; nil when that doesn't work with wheels.
  func resolve(_ choice: Choice, constraints: [String]) async throws -> CellResolution? {
    var compile = try await compile(for: choice)
    compile.constraints += constraints
    guard case .resolved(let text) = try await run(compile) else { return nil }
    let lock = try read(text)
    guard try await lacking(in: lock, choice).isEmpty else { return nil }
    return resolution(of: lock, choice)
  }

  func run(_ compile: UVCompile) async throws -> ResolverTools.CompileOutcome {
    let usesGit = recipe.dependencies.contains { $0.value.isRepository }
    return try await tools.compile(compile, secrets: secrets, usesGit: usesGit)
  }

  /// What uv is to resolve; a package to leave out stays among the requirements where its marker is true.
  private func compile(for choice: Choice) async throws -> UVCompile {
    var compile = template
    var wanted: [Requirement] = []
    for requirement in recipe.dependencies.map(\.value) {
      guard choice.omitted[requirement.name] != nil else {
        wanted.append(requirement)
        continue
      }
      guard try await applies(requirement.marker) else { continue }
      wanted.append(Requirement(name: requirement.name, extras: requirement.extras))
    }
    compile.requirements = wanted.map(\.withoutCredentials)
    compile.placeholders = choice.omitted.keys.sorted()
    compile.sources = choice.sources.sorted()
    compile.metadata = try await metadata(of: compile.sources)
    return compile
  }

  /// What recipes say that packages ask for whose sources can't be asked, for each version that there is.
  private func metadata(of sources: [PackageName]) async throws -> [UVCompile.Metadata] {
    var found: [UVCompile.Metadata] = []
    for name in sources where recipe.buildRecipe(for: name, version: nil)?.recipe.dependencies != nil {
      let versions = try await facts.files(of: name).compactMap { IndexFacts.sourceVersion($0.fileName) }
      for version in Set(versions).sorted() {
        let served = recipe.buildRecipe(for: name, version: version.description)
        guard let requires = served?.recipe.dependencies?.map(\.description) else { continue }
        found.append(UVCompile.Metadata(name: name, version: version, requires: requires))
      }
    }
    return found
  }

  func read(_ text: String) throws -> UVLock {
    do throws(LockError) { return try UVLock(parsing: text) } catch {
      throw ResolveError.unreadable(recipe.cell, error)
    }
  }

  private func resolution(of lock: UVLock, _ choice: Choice) -> CellResolution {
    let index = recipe.registries.additional.isEmpty ? facts.indexes.last?.url : nil
    let packages = lock.packages.compactMap { package -> LockedPackage? in
      let wheel = choice.sources.contains(package.name) ? nil : facts.best(of: package.wheels)
      guard let source = wheel.map(LockedPackage.Source.wheel) ?? package.other else { return nil }
      return LockedPackage(
        name: package.name, version: package.version, index: source.isFromIndex ? index : nil, source: source)
    }
    let requirements = Dictionary(
      recipe.dependencies.map { ($0.value.name, $0.value.withoutCredentials) },
      uniquingKeysWith: { first, _ in first })
    let omissions = choice.omitted.values.filter { lock.placeholders.contains($0.name) }.map {
      LockedOmission(name: $0.name, rule: $0.rule, reason: $0.reason, requirement: requirements[$0.name])
    }
    return CellResolution(packages: packages, omissions: omissions, choice: choice)
  }
}

extension LockedPackage.Source {
  fileprivate var isFromIndex: Bool {
    switch self {
    case .wheel, .sourceDistribution: true
    case .archive, .revision: false
    }
  }
}

extension Requirement {
  var isRepository: Bool { url?.hasPrefix("git+") ?? false }

  /// The repository's URL as git takes it; nil for what comes from none.
  var repositoryURL: String? {
    guard isRepository, let url = url?.dropFirst(4).prefix(while: { $0 != "#" }) else { return nil }
    // `@revision` stands in the last part of the path.
    guard let slash = url.lastIndex(of: "/"), let at = url[slash...].firstIndex(of: "@") else {
      return String(url)
    }
    return String(url[..<at])
  }

  /// Whether what its URL names has to be built.
  var isFromSource: Bool {
    guard let url else { return false }
    return !url.prefix { $0 != "#" && $0 != "?" }.hasSuffix(".whl")
  }
}
