package import Catalogue
package import Model

/// What is to be said about the licence of one version of a package.
package struct LicenceFinding: Sendable {
  package enum Verdict: String, Sendable, Codable {
    /// The policy permits it, or there is no policy.
    case allowed
    /// The policy does not permit it.
    case denied
    /// It names no licence that SPDX knows.
    case unknown
  }

  /// How the licence is known.
  package enum Source: String, Sendable, Codable {
    /// The metadata has an SPDX expression (PEP 639), or a text that is one.
    case expression
    /// The metadata names the licence in other words: a classifier or the legacy field.
    case words
    /// The configuration says it.
    case configuration
  }

  package let package: CataloguedPackage
  /// Nil where it is unknown.
  package let licence: LicenceExpression?
  package let source: Source?
  package let verdict: Verdict
}
