import Model

extension WorkspaceLoader {
  /// Looks for what only the values together show: settings that lack others, overrides that match nothing.
  mutating func examine(_ runenvs: [Runenv], shared: Configuration) {
    for runenv in runenvs {
      for platform in runenv.platforms {
        examine(runenv.merge.runtime(on: platform.value), on: platform.value)
      }
      if let own = runenv.merge.chain.last, runenv.merge.chain.count > 1 {
        warnOfUnmatched(own.overrides, weaker: shared.overrides.keys, among: [runenv])
      }
    }
    if !runenvs.isEmpty { warnOfUnmatched(shared.overrides, weaker: [], among: runenvs) }
  }

  private mutating func examine(_ runtime: RuntimeConfiguration, on platform: Platform) {
    let position = runtime.provider.position
    switch runtime.provider.value {
    case .archive:
      if runtime.url == nil || runtime.sha256 == nil {
        report(
          "the provider 'archive' needs a url and a sha256", at: position,
          hint: "add them to the runtime, or to its platformSpecific entries")
      }
    case .debian where platform.operatingSystem != .linux:
      report(
        "the provider 'debian' has no interpreter for \(platform)", at: position,
        hint: "choose one under runtime.platformSpecific.\(platform), as in \"provider\": \"external\"")
    default: break
    }
  }

  /// Warns of overrides that are of no dependency, and of ones that take back what no weaker file says.
  mutating func warnOfUnmatched(
    _ overrides: [PackageName: Located<String?>], weaker: some Sequence<PackageName>,
    among runenvs: [Runenv]
  ) {
    guard !overrides.isEmpty else { return }
    let names = runenvs.reduce(into: Set<PackageName>()) {
      $0.formUnion($1.merge.dependencyNames(on: $1.platforms.map(\.value)))
    }
    for (name, override) in overrides {
      if override.value == nil {
        guard !weaker.contains(name) else { continue }
        report(
          "there is no shared override of '\(name)' to take back", as: .warning, at: override.position,
          hint: "remove it")
      } else if !names.contains(name) {
        report(
          "the override of '\(name)' matches no dependency", as: .warning, at: override.position,
          hint: nearest(to: name.normalized, in: names.sorted().map(\.normalized)).map {
            "did you mean '\($0)'?"
          }
            ?? "add '\(name)' to the dependencies, or remove the override")
      }
    }
  }
}
