import ConfigMerge
import Model
import Processes
import SystemPackage

extension CellResolver {
  /// A package that can't be had as asked for, and why.
  struct Missing: Sendable {
    let facts: PackageFacts
    let rule: LockedOmission.Rule
    let reason: String
  }

  /// Packages that uv picked though no wheel of the version runs here and nobody allowed the source.
  ///
  /// That happens where uv's idea of the platform is newer than the floor.
  func lacking(in lock: UVLock, _ choice: Choice) async throws -> [Missing] {
    var missing: [Missing] = []
    for package in lock.packages where !choice.sources.contains(package.name) && package.comesFromIndex {
      guard facts.best(of: package.wheels) == nil else { continue }
      let specifiers = package.version.map { "==\($0)" } ?? ""
      missing.append(noWheel(try await facts.facts(on: package.name, specifiers: specifiers)))
    }
    return missing
  }

  /// Finds what made uv fail: first what was asked for directly, then dependencies of others.
  func missing(for compile: UVCompile, _ choice: Choice, explanation: String) async throws -> [Missing] {
    let direct = try await missingDirectly(choice)
    if !direct.isEmpty { return direct }
    var everywhere = compile
    everywhere.target = nil
    everywhere.preferences = nil
    if case .resolved(let text) = try await run(everywhere) {
      return try await missingDependency(in: try read(text), compile, choice)
    }
    return try await missingByName(explanation, choice)
  }

  /// Of the configured requirements, those that no wheel satisfies, and repositories that can't be reached.
  private func missingDirectly(_ choice: Choice) async throws -> [Missing] {
    let candidates = recipe.dependencies.filter { choice.omitted[$0.value.name] == nil }
    let found = try await candidates.concurrentMap(width: 8) { located -> Missing? in
      let requirement = located.value
      if requirement.isRepository { return try await unreachable(located) }
      guard requirement.url == nil, !choice.sources.contains(requirement.name) else { return nil }
      let facts = try await facts.facts(
        on: requirement.name, specifiers: requirement.specifiers, at: located.position)
      guard facts.lacksWheel, try await applies(requirement.marker) else { return nil }
      return noWheel(facts)
    }
    return found.compactMap(\.self)
  }

  /// Of the packages that all platforms together need, one without which the cell resolves.
  private func missingDependency(
    in lock: UVLock, _ compile: UVCompile, _ choice: Choice
  ) async throws -> [Missing] {
    var suspects: [PackageFacts] = []
    for package in lock.packages where package.comesFromIndex && !choice.sources.contains(package.name) {
      guard facts.best(of: package.wheels) == nil, try await applies(package.marker) else { continue }
      suspects.append(try await facts.facts(on: package.name))
    }
    let hopeless = suspects.filter(\.lacksWheel)
    if !hopeless.isEmpty { return hopeless.map(noWheel) }
    // The rest have wheels of other versions; who is to blame shows when it works without them.
    for suspect in suspects {
      var without = compile
      without.placeholders = (compile.placeholders + [suspect.name]).sorted()
      if case .resolved = try await run(without) { return [noWheel(suspect)] }
    }
    return []
  }

  /// Of the packages that uv names, those that have no wheel for this platform at all.
  ///
  /// The message only says where to look; the index decides.
  private func missingByName(_ explanation: String, _ choice: Choice) async throws -> [Missing] {
    let known = Set(recipe.dependencies.map(\.value.name)).union(choice.omitted.keys).union(choice.sources)
    let names = Set(Self.packageNames(in: explanation)).subtracting(known).sorted().prefix(24)
    let found = try await names.concurrentMap(width: 8) { try await facts.facts(on: $0) }
    return found.filter(\.lacksWheel).map(noWheel)
  }

  /// The words that stand between backticks or before a version comparison.
  static func packageNames(in explanation: String) -> [PackageName] {
    explanation.split { $0.isWhitespace || $0 == "," }.compactMap { word in
      let isQuoted = word.hasPrefix("`") && word.dropFirst().contains("`")
      let name = word.drop { $0 == "`" }.prefix {
        $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0))
      }
      let rest = word.drop { $0 == "`" }.dropFirst(name.count)
      guard isQuoted || rest.first.map({ "<>=!~".contains($0) }) ?? false else { return nil }
      do throws(ParseError) { return try PackageName(parsing: String(name)) } catch { return nil }
    }
  }

  private func noWheel(_ facts: PackageFacts) -> Missing {
    Missing(facts: facts, rule: .noWheel, reason: facts.sentence(on: recipe.cell.platform))
  }

  /// Whether a repository fails to answer `git ls-remote`.
  private func unreachable(_ located: Located<Requirement>) async throws -> Missing? {
    guard let repository = located.value.repositoryURL else { return nil }
    let facts = PackageFacts(
      name: located.value.name, specifiers: "", position: located.position, exists: true, wheels: [],
      hasSource: true)
    func missing(_ reason: String) -> Missing { Missing(facts: facts, rule: .unreachable, reason: reason) }
    guard let git = findExecutable("git", in: tools.environment["PATH"]) else {
      return missing("it comes from a repository, and git is not installed")
    }
    let variables = UVEnvironment.variables(from: tools.environment, target: nil, netrc: nil, usesTools: true)
    let result = try await Processes.run(
      Command(
        git, ["ls-remote", "--quiet", "--", repository, "HEAD"], environment: variables, timeout: .seconds(60)
      ))
    if result.succeeded { return nil }
    let detail = result.tail(lines: 1)
    return missing("its repository can't be read" + (detail.isEmpty ? "" : ": \(detail)"))
  }

  /// Whether a marker is true on the cell's platform; uv decides.
  func applies(_ marker: String?) async throws -> Bool {
    guard let marker else { return true }
    var probe = template
    probe.preferences = nil
    probe.noDeps = []
    probe.probe = marker
    guard case .resolved(let text) = try await tools.compile(probe, secrets: []) else { return true }
    return try !read(text).placeholders.isEmpty
  }
}

extension UVLock.Package {
  /// Whether it has wheels or an sdist of an index to choose from.
  var comesFromIndex: Bool {
    switch other {
    case .archive, .revision: false
    case .wheel, .sourceDistribution, nil: true
    }
  }
}
