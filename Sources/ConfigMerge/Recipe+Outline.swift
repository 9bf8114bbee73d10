import Model

extension Recipe {
  /// What people are shown: all settings, in the configuration's own order and words.
  var outline: Outline {
    .map([
      "cell": .text(cell.description),
      "python": .text(python.description),
      "floor": floor?.outline,
      "modules": modulesOutline,
      "registries": registriesOutline,
      "packages": .map([
        "dependencies": .list(dependencies.map(\.outline)),
        "skip": rulesOutline(.skip),
        "buildWheel": rulesOutline(.buildWheel),
        "forceSource": rulesOutline(.forceSource),
        "noDeps": .list(noDepsList.map(\.outline)),
        "resolution": resolutionOutline,
        "copyFiles": .list(copyFiles.map { .map(["from": $0.from.outline, "to": $0.to.outline]) }),
      ]),
      "runtime": runtimeOutline,
      "build": buildOutline,
      "verify": .map([
        "allow": Outline(
          .map(
            allowedFailures.map { (key: $0.pattern, value: .text($0.reason, place: .file($0.position))) }
          ))
      ]),
    ])
  }

  /// What decides about the cell's content: values without reasons, and without what the order of keys or the
  /// names of directories would add.
  var canonicalOutline: Outline {
    .map([
      "python": .text(python.description),
      "platform": .text(cell.platform.description),
      "floor": floor?.outline,
      "modules": modulesOutline,
      "registries": registriesOutline,
      "packages": .map([
        "dependencies": .list(dependencies.map(\.outline)),
        "skip": .list(rulesByName(.skip).map { .text($0.name.normalized) }),
        "buildWheel": rulesOutline(.buildWheel, hasReasons: false),
        "forceSource": .list(rulesByName(.forceSource).map { .text($0.name.normalized) }),
        "noDeps": .list(noDeps.sorted().map { .text($0.normalized) }),
        "resolution": resolutionOutline,
        "copyFiles": .list(
          copyFiles.map {
            .map(["from": $0.from.outline, "to": $0.to.outline, "base": .text($0.from.origin.rawValue)])
          }),
      ]),
      "runtime": runtimeOutline,
      "build": buildOutline,
      "verify": .map(["allow": .list(allowedFailures.map { .text($0.pattern) })]),
    ])
  }

  /// Nil in a runenv's own cell.
  private var modulesOutline: Outline? {
    modules.isEmpty
      ? nil : Outline(.map(modules.map { (key: $0.name.description, value: .text($0.version.description)) }))
  }

  fileprivate enum RuleKind {
    case skip
    case buildWheel
    case forceSource
  }

  private func rulesByName(_ kind: RuleKind) -> [(name: PackageName, rule: PackageRule)] {
    rules.filter { $0.value.kind == kind }.map { (name: $0.key, rule: $0.value) }.sorted { $0.name < $1.name }
  }

  private func rulesOutline(_ kind: RuleKind, hasReasons: Bool = true) -> Outline {
    Outline(
      .map(
        rulesByName(kind).map { name, rule in
          (key: name.normalized, value: ruleOutline(rule, hasReason: hasReasons))
        }))
  }

  private func ruleOutline(_ rule: PackageRule, hasReason: Bool) -> Outline {
    let place = Outline.Place.file(rule.position)
    guard case .buildWheel(let build, _) = rule else { return .text(rule.reason, place: place) }
    return .map(
      [
        "reason": hasReason ? .text(build.reason) : nil,
        "buildRequires": .list(build.buildRequires.map { .text($0.description) }),
        "configSettings": .list(build.configSettings.map { .text($0) }),
        "env": build.environment.isEmpty
          ? nil
          : Outline(
            .map(build.environment.sorted { $0.key < $1.key }.map { (key: $0.key, value: .text($0.value)) })),
        "patches": build.patches.isEmpty
          ? nil : .list(build.patches.map(\.outline)),
        "systemRequires": build.systemRequires.isEmpty ? nil : .list(build.systemRequires.map { .text($0) }),
        "timeout": build.timeout.map { Outline(.integer($0)) },
      ], place: place)
  }

  private var registriesOutline: Outline {
    .map(["default": registries.default.outline, "additional": .list(registries.additional.map(\.outline))])
  }

  private var resolutionOutline: Outline {
    .map([
      "allowSourceAll": resolution.allowSourceAll.outline,
      "strictMissing": resolution.strictMissing.outline,
      "allowSourceList": .list(resolution.allowSourceList.map(\.outline)),
      "forceNoBinaryList": .list(resolution.forceNoBinaryList.map(\.outline)),
      "onlyBinaryList": .list(resolution.onlyBinaryList.map(\.outline)),
    ])
  }

  private var runtimeOutline: Outline {
    .map([
      "provider": runtime.provider.outline, "suite": runtime.suite?.outline,
      "mirror": runtime.mirror?.outline,
      "release": runtime.release?.outline, "url": runtime.url?.outline, "sha256": runtime.sha256?.outline,
      "keep": .list(runtime.keep.map(\.outline)),
    ])
  }

  private var buildOutline: Outline {
    .map([
      "archive": build.archive.outline, "layout": build.layout.outline,
      "compressionLevel": build.compressionLevel.outline, "timeout": build.timeout.outline,
      "enableLogging": build.enableLogging.outline, "parallelDownloads": build.parallelDownloads.outline,
      "level": build.level.outline(\.outline), "optimize": build.optimize.outline,
      "minify": build.minify.outline(\.outline),
      "minifyRemoves": .list(build.minifyRemoves.map(\.outline)),
    ])
  }
}

extension PackageRule {
  fileprivate var kind: Recipe.RuleKind {
    switch self {
    case .skip: .skip
    case .buildWheel: .buildWheel
    case .forceSource: .forceSource
    }
  }
}
