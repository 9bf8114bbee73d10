package import Catalogue
package import ConfigMerge
package import Model

/// Holds the packages of bundles to what the configuration says about licences.
package struct LicenceAudit: Sendable {
  private let policy: LicencePolicy

  package init(policy: LicencePolicy) { self.policy = policy }

  /// A finding for each package, in their order.
  package func judge(_ packages: [CataloguedPackage]) -> [LicenceFinding] {
    // Most packages share a few texts.
    var stated: [String: LicenceExpression?] = [:]
    return packages.map { package in
      let (licence, source) = known(package, &stated)
      let verdict: LicenceFinding.Verdict =
        licence.map { policy.permits($0) ? .allowed : .denied } ?? .unknown
      return LicenceFinding(package: package, licence: licence, source: source, verdict: verdict)
    }
  }

  /// Entries of the configuration that name no package of these, as warnings sorted by place.
  package func unmatched(among packages: [CataloguedPackage]) -> [Diagnostic] {
    let names = Set(packages.map(\.name))
    return policy.packages.filter { !names.contains($0.key) }.map { name, licence in
      let near = nearest(to: name.normalized, in: names.sorted().map(\.normalized))
      return Diagnostic(
        .warning, "no bundle holds the package '\(name)', whose licence is given", at: licence.position,
        hint: near.map { "did you mean '\($0)'?" } ?? "remove it")
    }.sorted { ($0.position?.description ?? "") < ($1.position?.description ?? "") }
  }

  private func known(
    _ package: CataloguedPackage, _ stated: inout [String: LicenceExpression?]
  ) -> (LicenceExpression?, LicenceFinding.Source?) {
    if let licence = policy.packages[package.name] { return (licence.value, .configuration) }
    guard let text = package.licence else { return (nil, nil) }
    let licence: LicenceExpression?
    if let known = stated[text] {
      licence = known
    } else {
      licence = LicenceExpression(stated: text)
      stated[text] = .some(licence)
    }
    guard let licence else { return (nil, nil) }
    return (licence, licence.description.lowercased() == text.lowercased() ? .expression : .words)
  }
}
