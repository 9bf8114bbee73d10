/// An SPDX licence expression, as package metadata has it since PEP 639: `MIT AND (Apache-2.0 OR BSD-2-Clause)`.
///
/// Specification: SPDX 2.3, annex D, with the identifiers of `LicenceIdentifiers`. `LicenseRef-` names are taken as they are.
package indirect enum LicenceExpression: Hashable, Sendable {
  /// An identifier, with its `+` where it has one, and the exception behind `WITH`.
  case licence(String, exception: String?)
  case all([LicenceExpression])
  case any([LicenceExpression])

  /// Whether the terms can be kept by somebody who may use the licences for which `isAllowed` holds.
  ///
  /// A licence is asked for with its exception, `GPL-2.0-only WITH Classpath-exception-2.0`, and without it.
  package func isSatisfied(by isAllowed: (String) -> Bool) -> Bool {
    switch self {
    case .licence(let name, nil): isAllowed(name)
    case .licence(let name, let exception?): isAllowed("\(name) WITH \(exception)") || isAllowed(name)
    case .all(let parts): parts.allSatisfy { $0.isSatisfied(by: isAllowed) }
    case .any(let parts): parts.contains { $0.isSatisfied(by: isAllowed) }
    }
  }

  /// The licences in it, without exceptions, in the order written.
  package var licences: [String] {
    switch self {
    case .licence(let name, _): [name]
    case .all(let parts), .any(let parts): parts.flatMap(\.licences)
    }
  }

  /// Whether a pattern for licences, `BSD-*`, could mean anything: one without wildcards has to be an identifier.
  package static func canMatch(_ pattern: Glob) -> Bool {
    let name = pattern.text
    if name.lowercased().hasPrefix("licenseref-") { return true }
    let plain = name.components(before: " WITH ")
    if (try? LicenceExpression(parsing: plain)) != nil { return true }
    return LicenceIdentifiers.all.contains(where: pattern.matches)
  }

  /// The identifier that a misspelt one was most likely meant to be.
  package static func nearestIdentifier(to text: String) -> String? {
    nearest(to: text, in: LicenceIdentifiers.all)
  }
}

extension String {
  fileprivate func components(before mark: String) -> String {
    firstRange(of: mark).map { String(self[..<$0.lowerBound]) } ?? self
  }
}

extension LicenceExpression: CustomStringConvertible {
  /// With identifiers as the list spells them, and no more brackets than are needed.
  package var description: String {
    switch self {
    case .licence(let name, let exception): exception.map { "\(name) WITH \($0)" } ?? name
    case .all(let parts): parts.map(\.bracketed).joined(separator: " AND ")
    case .any(let parts): parts.map(\.description).joined(separator: " OR ")
    }
  }

  /// In brackets where `AND` would take it apart.
  private var bracketed: String {
    if case .any = self { "(\(self))" } else { description }
  }
}
