package import Model

/// A rule as a configuration file has it, whether or not it has an effect anywhere.
package struct DeclaredRule: Sendable, Hashable {
  /// Named as the key that the rule stands under.
  package enum Kind: String, Sendable, CaseIterable {
    case skip
    case buildWheel
    case forceSource
    case allow
  }

  package let kind: Kind
  /// The package, normalised; of `allow` the pattern.
  package let subject: String
  /// Nil for `*`.
  package let platform: Platform?
  package let reason: String
  /// The last day on which nobody needs to look at it again; nil when the rule has none.
  package let until: Located<CalendarDay>?
  package let position: SourcePosition
  package let origin: Origin
}

extension Workspace {
  /// The rules of all configuration files, sorted by place; those that take another back are not among them.
  package var declaredRules: [DeclaredRule] {
    let shared = runenvs.first.map { [$0.merge.chain[0]] } ?? []
    let own = runenvs.compactMap { $0.merge.chain.dropFirst().first }
    return (shared + own + declaredModules.map(\.configuration)).flatMap(\.declaredRules)
      .sorted { ($0.position, $0.kind.rawValue, $0.subject) < ($1.position, $1.kind.rawValue, $1.subject) }
  }

  /// A warning for each rule whose day is past, sorted by place.
  package func expiredRules(on today: CalendarDay) -> [Diagnostic] {
    declaredRules.compactMap { rule in
      guard let until = rule.until, until.value < today else { return nil }
      let subject = rule.kind == .allow ? "for" : "of"
      return Diagnostic(
        .warning,
        "the \(rule.kind.rawValue) rule \(subject) '\(rule.subject)' was to last until \(until.value)",
        at: until.position,
        hint: rule.kind == .allow
          ? "remove it if the check passes without, or give it a later day"
          : "'ppp audit rules' says whether it is still needed; remove it, or give it a later day")
    }
  }
}

extension Configuration {
  fileprivate var declaredRules: [DeclaredRule] {
    declared(skip, as: .skip) { ($0.text, $0.until) }
      + declared(forceSource, as: .forceSource) { ($0.text, $0.until) }
      + declared(buildWheel, as: .buildWheel) { ($0.reason, $0.until) }
      + declared(allowedFailures, as: .allow) { ($0.text, $0.until) }
  }

  private func declared<Name: CustomStringConvertible, Rule>(
    _ rules: [Name: ByPlatform<Located<Rule?>>], as kind: DeclaredRule.Kind,
    _ read: (Rule) -> (reason: String, until: Located<CalendarDay>?)
  ) -> [DeclaredRule] {
    rules.flatMap { name, byPlatform in
      byPlatform.values.compactMap { key, located in
        guard let rule = located.value, let position = located.position else { return nil }
        let (reason, until) = read(rule)
        return DeclaredRule(
          kind: kind, subject: name.description, platform: key.platform, reason: reason, until: until,
          position: position, origin: located.origin)
      }
    }
  }
}

extension PlatformKey {
  fileprivate var platform: Platform? {
    if case .one(let platform) = self { platform } else { nil }
  }
}
