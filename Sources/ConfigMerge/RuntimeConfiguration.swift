/// Where a cell's Python interpreter comes from.
package struct RuntimeConfiguration: Sendable, Hashable {
  package enum Provider: String, Sendable, Hashable, CaseIterable {
    /// Relocatable CPython builds from python-build-standalone's releases.
    case pythonBuildStandalone = "python-build-standalone"
    /// Debian's packages, made relocatable; Linux only.
    case debian
    /// An archive at `url`, checked against `sha256`.
    case archive
    /// The user brings the interpreter: the bundle holds packages only.
    case external
  }

  package let provider: Located<Provider>
  /// Debian's suite, as in `bookworm`.
  package let suite: Located<String>?
  /// Where the provider's files are fetched from, in place of its own server.
  package let mirror: Located<String>?
  /// The release of python-build-standalone: a date, as in `20250612`.
  package let release: Located<String>?
  package let url: Located<String>?
  /// 64 hexadecimal digits.
  package let sha256: Located<String>?
  /// Patterns of paths that would otherwise be stripped from the runtime.
  package let keep: [Located<String>]
}
