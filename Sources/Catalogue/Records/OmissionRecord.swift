package import Model

/// A package that was wanted and is not in the bundle, and why.
package struct OmissionRecord: Hashable, Sendable, Codable {
  package enum Rule: String, Sendable, Codable, ColumnValue {
    /// A `skip` rule takes it out.
    case skip
    /// Nothing that the resolution allows exists for the platform.
    case missing
  }

  package let package: PackageName
  package let rule: Rule
  /// For people: the rule's own reason, or what was looked for in vain.
  package let reason: String
  /// Where the rule stands; nil for what no rule says.
  package let position: SourcePosition?

  package init(package: PackageName, rule: Rule, reason: String, position: SourcePosition? = nil) {
    self.package = package
    self.rule = rule
    self.reason = reason
    self.position = position
  }
}

extension OmissionRecord: Comparable {
  package static func < (left: OmissionRecord, right: OmissionRecord) -> Bool {
    (left.package.normalized, left.rule.rawValue, left.reason)
      < (right.package.normalized, right.rule.rawValue, right.reason)
  }
}
