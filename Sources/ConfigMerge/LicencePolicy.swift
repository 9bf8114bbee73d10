package import Model

/// Which licences packages may have.
package struct LicencePolicy: Sendable {
  /// Patterns of licences; nil allows all that are not denied.
  package let allow: [Located<Glob>]?
  /// Patterns of licences.
  package let deny: [Located<Glob>]
  /// The licences of packages that don't state theirs, or state it wrongly.
  package let packages: [PackageName: Located<LicenceExpression>]

  package init(
    allow: [Located<Glob>]? = nil, deny: [Located<Glob>] = [],
    packages: [PackageName: Located<LicenceExpression>] = [:]
  ) {
    self.allow = allow
    self.deny = deny
    self.packages = packages
  }

  /// Whether it says anything about licences.
  package var isEmpty: Bool { allow == nil && deny.isEmpty }

  /// Whether a package with this licence may be used; with `OR` one of the licences is enough.
  package func permits(_ licence: LicenceExpression) -> Bool {
    licence.isSatisfied { name in
      if deny.contains(where: { $0.value.matchesLicence(name) }) { return false }
      return allow?.contains { $0.value.matchesLicence(name) } ?? true
    }
  }
}

extension Glob {
  /// As SPDX has it, letter case does not count.
  fileprivate func matchesLicence(_ name: String) -> Bool {
    if matches(name) { return true }
    return text.lowercased() == name.lowercased()
  }
}
