import Model
import SystemPackage

/// A runenv's configuration over the shared one: the merge rules of docs/config.md, one function a rule.
struct Merge: Sendable {
  let shared: Configuration
  let own: Configuration
  /// What the overrides make of the general dependency list, the same on every platform.
  private let generalDependencies: [Located<Requirement>]
  private let overrides: [PackageName: Located<String>]

  init(shared: Configuration, own: Configuration) {
    self.shared = shared
    self.own = own
    overrides = shared.overrides.merging(own.overrides) { _, own in own }.compactMapValues { override in
      override.value.map { version in override.map { _ in version } }
    }
    generalDependencies = Self.overridden(
      own.packages.dependencies ?? shared.packages.dependencies ?? [], by: overrides)
  }

  /// The runenv's list or else the shared one, then the platform's; overrides come last, and nothing stands twice.
  func dependencies(on platform: Platform) -> [Located<Requirement>] {
    let appended = [shared, own].flatMap { $0.platformPackages[platform]?.dependencies ?? [] }
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

  /// The platforms to build for with their floors: the runenv's set replaces the shared one, floors fall through.
  var targets: [Configuration.Target] {
    let chosen = own.platforms ?? shared.platforms
    let set =
      chosen ?? Platform.all.map { Configuration.Target(platform: Located(default: $0), floor: nil) }
    return set.sorted { $0.platform.value < $1.platform.value }
  }

  func floor(on platform: Platform) -> Located<PlatformFloor>? {
    for platforms in [own.platforms, shared.platforms] {
      if let floor = platforms?.first(where: { $0.platform.value == platform })?.floor { return floor }
    }
    return PlatformFloor.standard(for: platform).map(Located.init(default:))
  }

  var registries: Registries {
    var seen: Set<String> = []
    let all = (shared.additionalRegistries + own.additionalRegistries).filter {
      seen.insert($0.value).inserted
    }
    return Registries(
      default: own.defaultRegistry ?? shared.defaultRegistry ?? Located(default: Registries.standardURL),
      additional: all)
  }

  /// The rule of each package in effect on a platform: skip before buildWheel before forceSource.
  func rules(on platform: Platform) -> [PackageName: PackageRule] {
    var rules: [PackageName: PackageRule] = [:]
    for (name, rule) in effective(\.forceSource, on: platform) {
      rules[name] = .forceSource(reason: rule.value, position: rule.position)
    }
    for (name, rule) in effective(\.buildWheel, on: platform) {
      rules[name] = .buildWheel(rule.value, position: rule.position)
    }
    for (name, rule) in effective(\.skip, on: platform) {
      rules[name] = .skip(reason: rule.value, position: rule.position)
    }
    return rules
  }

  private func effective<Name: Hashable, Rule>(
    _ kind: KeyPath<Configuration, [Name: ByPlatform<Located<Rule?>>]>, on platform: Platform
  ) -> [(Name, (value: Rule, position: SourcePosition))] {
    var found: [(Name, (value: Rule, position: SourcePosition))] = []
    let own = own[keyPath: kind]
    func add(_ name: Name, _ rule: Located<Rule?>) {
      if let value = rule.value, let position = rule.position { found.append((name, (value, position))) }
    }
    for (name, rules) in own {
      if let rule = rules[platform] { add(name, rule) }
    }
    for (name, rules) in shared[keyPath: kind] where own[name]?[platform] == nil {
      if let rule = rules[platform] { add(name, rule) }
    }
    return found
  }

  func allowedFailures(on platform: Platform) -> [AllowedFailure] {
    effective(\.allowedFailures, on: platform)
      .map { AllowedFailure(pattern: $0, reason: $1.value, position: $1.position) }
      .sorted { $0.pattern < $1.pattern }
  }

  var noDeps: [Located<PackageName>] {
    var seen: Set<PackageName> = []
    return (shared.noDeps + own.noDeps).filter { seen.insert($0.value).inserted }
  }

  func resolution(on platform: Platform) -> Resolution {
    let (ownPlatform, sharedPlatform) = (own.platformPackages[platform], shared.platformPackages[platform])
    func flag(_ key: KeyPath<Configuration.Packages, Located<Bool>?>) -> Located<Bool> {
      ownPlatform?[keyPath: key] ?? sharedPlatform?[keyPath: key] ?? own.packages[keyPath: key]
        ?? shared.packages[keyPath: key] ?? Located(default: false)
    }
    func union(_ key: KeyPath<Configuration.Packages, [Located<PackageName>]>) -> [Located<PackageName>] {
      var seen: Set<PackageName> = []
      return [shared.packages, own.packages, sharedPlatform, ownPlatform]
        .flatMap { $0?[keyPath: key] ?? [] }
        .filter { seen.insert($0.value).inserted }
    }
    return Resolution(
      allowSourceAll: flag(\.allowSourceAll), strictMissing: flag(\.strictMissing),
      allowSourceList: union(\.allowSourceList), forceNoBinaryList: union(\.forceNoBinaryList),
      onlyBinaryList: union(\.onlyBinaryList))
  }

  /// The shared ones, then the runenv's; those of the platform after the general ones.
  func copyFiles(on platform: Platform) -> [CopyRule] {
    shared.packages.copyFiles + own.packages.copyFiles + (shared.platformPackages[platform]?.copyFiles ?? [])
      + (own.platformPackages[platform]?.copyFiles ?? [])
  }

  /// Per key: what the platform says before what is said in general, and in both the runenv before shared.
  func runtime(on platform: Platform) -> RuntimeConfiguration {
    let layers = [
      own.platformRuntime[platform], shared.platformRuntime[platform], own.runtime, shared.runtime,
    ]
    func first<Value>(_ key: KeyPath<Configuration.Runtime, Value?>) -> Value? {
      for layer in layers {
        if let value = layer?[keyPath: key] { return value }
      }
      return nil
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
      own.build[keyPath: key] ?? shared.build[keyPath: key] ?? Located(default: value)
    }
    return BuildConfiguration(
      archive: own.build.archive[platform] ?? shared.build.archive[platform]
        ?? Located(default: .tarZstandard),
      layout: first(\.layout, default: .tree), compressionLevel: first(\.compressionLevel, default: 3),
      timeout: first(\.timeout, default: BuildConfiguration.standardTimeout),
      enableLogging: first(\.enableLogging, default: false),
      parallelDownloads: first(\.parallelDownloads, default: true))
  }
}
