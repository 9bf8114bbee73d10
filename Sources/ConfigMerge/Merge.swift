import Model
import SystemPackage

/// Configurations laid over each other: the merge rules of docs/config.md, one function a rule.
///
/// What the rules call "the strongest" is the last of the chain that says something: a module's file before
/// the runenv's, and that before the shared one.
struct Merge: Sendable {
  /// From the weakest to the strongest: the shared configuration, the runenv's, a module's.
  let chain: [Configuration]
  /// What modules ask for, behind what the files say.
  let added: [Located<Requirement>]
  /// What the overrides make of the general dependency list, the same on every platform.
  private let generalDependencies: [Located<Requirement>]
  private let overrides: [PackageName: Located<String>]

  init(_ chain: [Configuration], adding added: [Located<Requirement>] = []) {
    self.chain = chain
    self.added = added
    overrides = chain.reduce(into: [:]) { $0.merge($1.overrides) { _, stronger in stronger } }
      .compactMapValues { override in override.value.map { version in override.map { _ in version } } }
    let dependencies = chain.last { $0.packages.dependencies != nil }?.packages.dependencies
    generalDependencies = Self.overridden(dependencies ?? [], by: overrides)
  }

  /// The first value that one of the configurations gives, the strongest asked first.
  private func strongest<Value>(_ value: (Configuration) -> Value?) -> Value? {
    for configuration in chain.reversed() {
      if let value = value(configuration) { return value }
    }
    return nil
  }

  /// The strongest list, then the platform's from weak to strong, then the modules'; overrides come last, and
  /// nothing stands twice.
  func dependencies(on platform: Platform) -> [Located<Requirement>] {
    let appended = chain.flatMap { $0.platformPackages[platform]?.dependencies ?? [] } + added
    guard !appended.isEmpty else { return generalDependencies }
    var seen = Set(generalDependencies.map(\.value))
    return generalDependencies
      + Self.overridden(appended, by: overrides).filter { seen.insert($0.value).inserted }
  }

  private static func overridden(
    _ dependencies: [Located<Requirement>], by overrides: [PackageName: Located<String>]
  ) -> [Located<Requirement>] {
    guard !overrides.isEmpty else { return dependencies }
    return dependencies.map { dependency in
      guard let override = overrides[dependency.value.name],
        let pinned = parsed({ () throws(ParseError) in try dependency.value.pinned(to: override.value) })
      else { return dependency }
      return override.map { _ in pinned }
    }
  }

  /// The platforms to build for with their floors: the strongest set replaces the others, floors fall through.
  var targets: [Configuration.Target] {
    let set =
      strongest(\.platforms)
      ?? Platform.all.map { Configuration.Target(platform: Located(default: $0), floor: nil) }
    return set.sorted { $0.platform.value < $1.platform.value }
  }

  func floor(on platform: Platform) -> Located<PlatformFloor>? {
    strongest { $0.platforms?.first { $0.platform.value == platform }?.floor }
      ?? PlatformFloor.standard(for: platform).map(Located.init(default:))
  }

  var registries: Registries {
    var seen: Set<String> = []
    let all = chain.flatMap(\.additionalRegistries).filter { seen.insert($0.value).inserted }
    return Registries(
      default: strongest(\.defaultRegistry) ?? Located(default: Registries.standardURL), additional: all)
  }

  /// The rule of each package in effect on a platform: skip before buildWheel before forceSource.
  func rules(on platform: Platform) -> [PackageName: PackageRule] {
    var rules: [PackageName: PackageRule] = [:]
    for (name, rule) in effective(\.forceSource, on: platform) {
      rules[name] = .forceSource(reason: rule.value.text, position: rule.position)
    }
    for (name, rule) in effective(\.buildWheel, on: platform) {
      rules[name] = .buildWheel(rule.value, position: rule.position)
    }
    for (name, rule) in effective(\.skip, on: platform) {
      rules[name] = .skip(reason: rule.value.text, position: rule.position)
    }
    return rules
  }

  /// Per name the strongest rule for the platform; one that takes another back leaves none.
  private func effective<Name: Hashable, Rule>(
    _ kind: KeyPath<Configuration, [Name: ByPlatform<Located<Rule?>>]>, on platform: Platform
  ) -> [(Name, (value: Rule, position: SourcePosition))] {
    var found: [(Name, (value: Rule, position: SourcePosition))] = []
    var decided: Set<Name> = []
    for configuration in chain.reversed() {
      for (name, rules) in configuration[keyPath: kind] {
        guard let rule = rules[platform], decided.insert(name).inserted else { continue }
        if let value = rule.value, let position = rule.position { found.append((name, (value, position))) }
      }
    }
    return found
  }

  func allowedFailures(on platform: Platform) -> [AllowedFailure] {
    effective(\.allowedFailures, on: platform)
      .map { AllowedFailure(pattern: $0, reason: $1.value.text, position: $1.position) }
      .sorted { $0.pattern < $1.pattern }
  }

  var noDeps: [Located<PackageName>] {
    var seen: Set<PackageName> = []
    return chain.flatMap(\.noDeps).filter { seen.insert($0.value).inserted }
  }

  func resolution(on platform: Platform) -> Resolution {
    func flag(_ key: KeyPath<Configuration.Packages, Located<Bool>?>) -> Located<Bool> {
      strongest { $0.platformPackages[platform]?[keyPath: key] } ?? strongest { $0.packages[keyPath: key] }
        ?? Located(default: false)
    }
    func union(_ key: KeyPath<Configuration.Packages, [Located<PackageName>]>) -> [Located<PackageName>] {
      var seen: Set<PackageName> = []
      return (chain.map(\.packages) + chain.compactMap { $0.platformPackages[platform] })
        .flatMap { $0[keyPath: key] }
        .filter { seen.insert($0.value).inserted }
    }
    return Resolution(
      allowSourceAll: flag(\.allowSourceAll), strictMissing: flag(\.strictMissing),
      allowSourceList: union(\.allowSourceList), forceNoBinaryList: union(\.forceNoBinaryList),
      onlyBinaryList: union(\.onlyBinaryList))
  }

  /// From weak to strong; those of the platform after the general ones.
  func copyFiles(on platform: Platform) -> [CopyRule] {
    chain.flatMap(\.packages.copyFiles) + chain.flatMap { $0.platformPackages[platform]?.copyFiles ?? [] }
  }

  /// Per key: what the platform says before what is said in general, and in both the strongest.
  func runtime(on platform: Platform) -> RuntimeConfiguration {
    func first<Value>(_ key: KeyPath<Configuration.Runtime, Value?>) -> Value? {
      strongest { $0.platformRuntime[platform]?[keyPath: key] } ?? strongest { $0.runtime[keyPath: key] }
    }
    return RuntimeConfiguration(
      provider: first(\.provider) ?? Located(default: .pythonBuildStandalone), suite: first(\.suite),
      mirror: first(\.mirror), release: first(\.release), url: first(\.url), sha256: first(\.sha256),
      keep: first(\.keep) ?? [])
  }

  func build(on platform: Platform) -> BuildConfiguration {
    func first<Value>(_ key: KeyPath<Configuration.Build, Located<Value>?>, default value: Value) -> Located<
      Value
    > {
      strongest { $0.build[keyPath: key] } ?? Located(default: value)
    }
    return BuildConfiguration(
      archive: strongest { $0.build.archive[platform] } ?? Located(default: .tarZstandard),
      layout: first(\.layout, default: .tree), compressionLevel: first(\.compressionLevel, default: 3),
      timeout: first(\.timeout, default: BuildConfiguration.standardTimeout),
      enableLogging: first(\.enableLogging, default: false),
      parallelDownloads: first(\.parallelDownloads, default: true),
      level: setting(\.level, default: .instant), optimize: first(\.optimize, default: .debug),
      minify: setting(\.minify, default: false),
      minifyRemoves: (strongest(\.build.minifyRemoves) ?? []).sorted { $0.value.rawValue < $1.value.rawValue }
    )
  }
}

extension Merge {
  /// Per package the strongest value, else the strongest for all; null takes back what weaker files say.
  private func setting<Value>(
    _ key: KeyPath<Configuration.Build, ByPackage<Located<Value?>>>, default standard: Value
  ) -> PackageSetting<Value> {
    var named: [PackageName: Located<Value?>] = [:]
    for configuration in chain {
      named.merge(configuration.build[keyPath: key].named) { _, stronger in stronger }
    }
    func given(_ value: Located<Value?>) -> Located<Value>? {
      value.value.map { found in value.map { _ in found } }
    }
    return PackageSetting(
      standard: strongest { $0.build[keyPath: key].all }.flatMap(given) ?? Located(default: standard),
      named: named.compactMapValues(given))
  }

  /// The packages that the dependency lists name, on any of the platforms, before overrides.
  func dependencyNames(on platforms: [Platform]) -> Set<PackageName> {
    var names = Set(generalDependencies.map(\.value.name)).union(added.map(\.value.name))
    for platform in platforms {
      for configuration in chain {
        names.formUnion(
          (configuration.platformPackages[platform]?.dependencies ?? []).map(\.value.name))
      }
    }
    return names
  }
}
