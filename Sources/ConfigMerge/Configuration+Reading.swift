import Model
import SystemPackage

extension Configuration {
  /// Reads a checked file; what the check has reported is passed over.
  init(_ root: Node, origin: Origin, base: FilePath) {
    let reader = ConfigurationReader(origin: origin, base: base)
    let registries = root[.registries]
    defaultRegistry = reader.text(registries?[.default])
    additionalRegistries = reader.texts(registries?[.additional])
    if let node = root[.packages] { readPackages(node, reader) }
    if let node = root[.runtime] {
      runtime = reader.runtime(node)
      platformRuntime = reader.platforms(node[.platformSpecific], reader.runtime)
    }
    if let node = root[.platforms] { platforms = reader.targets(node) }
    if let node = root[.build] { build = reader.build(node) }
    for entry in root[.verify]?[.allow]?.entries ?? [] {
      allowedFailures[entry.key] = reader.byPlatform(entry, reader.reason)
    }
    if let node = root[.audit]?[.licences] { licences = reader.licences(node) }
    recipeSources = reader.texts(root[.recipes]?[.sources])
    let modules = root[.modules]
    moduleSources = reader.texts(modules?[.sources])
    moduleRunenvs = (modules?[.runenvs] ?? root[.runenvs]).map(reader.texts)
    modulePlatforms = modules?[.platforms].map(reader.targets)
    for entry in root[.options]?.entries ?? [] {
      moduleOptions[entry.key] = OptionText(entry.value).map {
        Located($0, at: entry.keyPosition, origin: origin)
      }
    }
  }

  private mutating func readPackages(_ node: Node, _ reader: ConfigurationReader) {
    packages = reader.packages(node)
    platformPackages = reader.platforms(node[.platformSpecific], reader.packages)
    noDeps = reader.names(node[.noDeps])
    skip = reader.rules(node[.skip], reader.reason)
    forceSource = reader.rules(node[.forceSource], reader.reason)
    buildWheel = reader.rules(node[.buildWheel], reader.buildWheel)
    for entry in node[.overrides]?.entries ?? [] {
      guard let name = parsed({ () throws(ParseError) in try PackageName(parsing: entry.key) }) else {
        continue
      }
      let version = entry.value.string.flatMap { $0.isBlank ? nil : $0 }
      overrides[name] = Located(version, at: entry.value.position, origin: reader.origin)
    }
  }
}

/// Turns nodes into values with their place.
private struct ConfigurationReader {
  let origin: Origin
  /// The directory that relative paths start from.
  let base: FilePath

  func located<Value>(_ value: Value, _ node: Node) -> Located<Value> {
    Located(value, at: node.position, origin: origin)
  }

  /// The value that `read` makes of the node, if there are both.
  func value<Value>(_ node: Node?, _ read: (Node) -> Value?) -> Located<Value>? {
    guard let node, let value = read(node) else { return nil }
    return located(value, node)
  }

  func text(_ node: Node?) -> Located<String>? { value(node) { $0.string } }

  func texts(_ node: Node?) -> [Located<String>] { (node?.elements ?? []).compactMap(text) }

  func choice<Choice: RawRepresentable<String>>(_ node: Node?) -> Located<Choice>? {
    value(node) { $0.string.flatMap(Choice.init(rawValue:)) }
  }

  func names(_ node: Node?) -> [Located<PackageName>] {
    (node?.elements ?? []).compactMap { element in
      value(element) { node in
        node.string.flatMap { text in parsed { () throws(ParseError) in try PackageName(parsing: text) } }
      }
    }
  }

  func requirements(_ node: Node?) -> [Located<Requirement>]? {
    node?.elements.compactMap { element in
      value(element) { node in
        node.string.flatMap { text in parsed { () throws(ParseError) in try Requirement(parsing: text) } }
      }
    }
  }

  func platforms<Value>(_ node: Node?, _ read: (Node) -> Value) -> [Platform: Value] {
    var values: [Platform: Value] = [:]
    for entry in node?.entries ?? [] {
      guard let platform = parsed({ () throws(ParseError) in try Platform(parsing: entry.key) }) else {
        continue
      }
      values[platform] = read(entry.value)
    }
    return values
  }

  /// A package's or pattern's rules; null in place of the mapping is null for all platforms.
  func byPlatform<Rule>(_ entry: Node.Entry, _ read: (Node) -> Rule?) -> ByPlatform<Located<Rule?>> {
    if entry.value.isNull {
      return ByPlatform(values: [.all: Located(nil, at: entry.value.position, origin: origin)])
    }
    var rules = ByPlatform<Located<Rule?>>()
    for rule in entry.value.entries {
      guard let key = parsed({ () throws(ParseError) in try PlatformKey(parsing: rule.key) }) else {
        continue
      }
      rules.values[key] = Located(read(rule.value), at: rule.value.position, origin: origin)
    }
    return rules
  }

  func rules<Rule>(_ node: Node?, _ read: (Node) -> Rule?) -> Configuration.Rules<Rule> {
    var rules: Configuration.Rules<Rule> = [:]
    for entry in node?.entries ?? [] {
      guard let name = parsed({ () throws(ParseError) in try PackageName(parsing: entry.key) }) else {
        continue
      }
      rules[name] = byPlatform(entry, read)
    }
    return rules
  }

  /// A reason by itself, or one with a day.
  func reason(_ node: Node) -> RuleReason? {
    if let text = node.string { return RuleReason(text: text, until: nil) }
    guard let text = node[.reason]?.string else { return nil }
    return RuleReason(text: text, until: day(node[.until]))
  }

  func day(_ node: Node?) -> Located<CalendarDay>? {
    value(node) { node in
      node.string.flatMap { text in parsed { () throws(ParseError) in try CalendarDay(parsing: text) } }
    }
  }

  func buildWheel(_ node: Node) -> BuildWheelRule? {
    guard let reason = node[.reason]?.string else { return nil }
    return BuildWheelRule(
      reason: reason, buildRequires: (requirements(node[.buildRequires]) ?? []).map(\.value),
      configSettings: texts(node[.configSettings]).map(\.value),
      environment: Dictionary(
        (node[.env]?.entries ?? []).compactMap { entry in
          OptionText(entry.value).map { (entry.key, $0.text) }
        }, uniquingKeysWith: { $1 }),
      patches: texts(node[.patches]), base: base,
      systemRequires: texts(node[.systemRequires]).map(\.value), timeout: node[.timeout]?.integer,
      until: day(node[.until]))
  }

  func packages(_ node: Node) -> Configuration.Packages {
    let resolution = node[.resolution]
    return Configuration.Packages(
      dependencies: requirements(node[.dependencies]),
      allowSourceAll: value(resolution?[.allowSourceAll], \.boolean),
      strictMissing: value(resolution?[.strictMissing], \.boolean),
      allowSourceList: names(resolution?[.allowSourceList]),
      forceNoBinaryList: names(resolution?[.forceNoBinaryList]),
      onlyBinaryList: names(resolution?[.onlyBinaryList]),
      copyFiles: (node[.copyFiles]?.elements ?? []).compactMap { rule in
        guard let from = text(rule[.from]), let to = text(rule[.to]) else { return nil }
        return CopyRule(from: from, to: to, base: base)
      })
  }

  func runtime(_ node: Node) -> Configuration.Runtime {
    Configuration.Runtime(
      provider: choice(node[.provider]), suite: text(node[.suite]), mirror: text(node[.mirror]),
      release: text(node[.release]), url: text(node[.url]), sha256: text(node[.sha256]),
      keep: node[.keep].map(texts))
  }

  func build(_ node: Node) -> Configuration.Build {
    var archive = ByPlatform<Located<BuildConfiguration.ArchiveFormat>>()
    if let format: Located<BuildConfiguration.ArchiveFormat> = choice(node[.archive]) {
      archive.values[.all] = format
    }
    for entry in node[.archive]?.entries ?? [] {
      guard let key = parsed({ () throws(ParseError) in try PlatformKey(parsing: entry.key) }) else {
        continue
      }
      archive.values[key] = choice(entry.value)
    }
    return Configuration.Build(
      archive: archive, layout: choice(node[.layout]),
      compressionLevel: value(node[.compressionLevel], \.integer), timeout: value(node[.timeout], \.integer),
      enableLogging: value(node[.enableLogging], \.boolean),
      parallelDownloads: value(node[.parallelDownloads], \.boolean),
      level: byPackage(node[.level]) { $0.string.flatMap(CodeLevel.init(rawValue:)) },
      optimize: choice(node[.optimize]), minify: byPackage(node[.minify], \.boolean),
      minifyRemoves: node[.minifyRemoves].map { $0.elements.compactMap { choice($0) } })
  }

  /// One value for all packages, or one by package.
  func byPackage<Value>(_ node: Node?, _ read: (Node) -> Value?) -> ByPackage<Located<Value?>> {
    var values = ByPackage<Located<Value?>>()
    guard let node else { return values }
    guard node.isMapping else {
      values.all = located(read(node), node)
      return values
    }
    for entry in node.entries {
      let value = located(read(entry.value), entry.value)
      if entry.key == "*" {
        values.all = value
      } else if let name = parsed({ () throws(ParseError) in try PackageName(parsing: entry.key) }) {
        values.named[name] = value
      }
    }
    return values
  }

  func licences(_ node: Node) -> LicencePolicy {
    func patterns(_ node: Node) -> [Located<Glob>] {
      node.elements.compactMap { element in
        value(element) { node in
          node.string.flatMap { text in parsed { () throws(ParseError) in try Glob(parsing: text) } }
        }
      }
    }
    var packages: [PackageName: Located<LicenceExpression>] = [:]
    for entry in node[.packages]?.entries ?? [] {
      guard let name = parsed({ () throws(ParseError) in try PackageName(parsing: entry.key) }) else {
        continue
      }
      packages[name] = value(entry.value) { node in
        node.string.flatMap { text in parsed { () throws(ParseError) in try LicenceExpression(parsing: text) }
        }
      }
    }
    return LicencePolicy(
      allow: node[.allow].map(patterns), deny: node[.deny].map(patterns) ?? [], packages: packages)
  }

  /// The platforms of a list, or of a mapping with their floors.
  func targets(_ node: Node) -> [Configuration.Target] {
    let named = node.elements.map { ($0.string ?? "", $0.position, Node?.none) }
    let mapped = node.entries.map { ($0.key, $0.keyPosition, Node?.some($0.value)) }
    return (named + mapped).compactMap { name, position, settings in
      guard let platform = parsed({ () throws(ParseError) in try Platform(parsing: name) }) else {
        return nil
      }
      let floor = value(settings?[.floor]) { node in
        node.string.flatMap { text in parsed { () throws(ParseError) in try PlatformFloor(parsing: text) } }
      }
      return Configuration.Target(platform: Located(platform, at: position, origin: origin), floor: floor)
    }
  }
}
