package import Model

/// A package that a cell does without, and why.
package struct LockedOmission: Hashable, Sendable {
  /// What left it out; the raw values are what locks, manifests and the catalogue say.
  package enum Rule: String, Hashable, Sendable, CaseIterable {
    /// A `packages.skip` rule of the configuration.
    case skip
    /// There is no wheel for the platform, and nothing allows to build from source.
    case noWheel = "no-wheel"
    /// It comes only from a repository that could not be read.
    case unreachable
  }

  package var name: PackageName
  package var rule: Rule
  /// What a person reads: the rule's own reason, or what was looked for in vain.
  package var reason: String
  /// The requirement as the configuration has it, when it was asked for directly.
  package var requirement: String?

  package init(name: PackageName, rule: Rule, reason: String, requirement: String? = nil) {
    self.name = name
    self.rule = rule
    self.reason = reason
    self.requirement = requirement
  }
}
