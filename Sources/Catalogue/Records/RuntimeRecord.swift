/// The interpreter that a bundle brings, or expects.
package struct RuntimeRecord: Hashable, Sendable, Codable {
  /// As in the configuration: `python-build-standalone`, `debian`, `archive`, `external`.
  package let provider: String
  /// The provider's own name of what it provided: `3.13.5+20250612`, `3.13.5-2`; empty where it has none.
  package let version: String
  /// Whether the interpreter is inside the bundle.
  package let bundled: Bool

  package init(provider: String, version: String, bundled: Bool) {
    self.provider = provider
    self.version = version
    self.bundled = bundled
  }
}
