package import Model

/// What a cell's configuration says about its interpreter, as plain values.
package struct RuntimeSpec: Sendable, Hashable {
  /// Where interpreters come from; the raw values are the configuration's words.
  package enum Provider: String, Sendable, Hashable, Codable, CaseIterable {
    case pythonBuildStandalone = "python-build-standalone"
    case debian
    case archive
    case external
  }

  package var provider: Provider
  package var python: PythonVersion
  package var platform: Platform
  /// The oldest system that the interpreter must run on; nil for the platform's standard.
  package var floor: PlatformFloor?
  /// Debian's suite (`bookworm`); nil looks for one that has the Python.
  package var suite: String?
  /// Where Debian's archive or the python-build-standalone releases are read from; nil for the usual places.
  package var mirror: String?
  /// The date of a python-build-standalone release: `20250612`; nil for the newest that has the Python.
  package var release: String?
  /// The provider `archive`'s file, and its SHA-256.
  package var url: String?
  package var sha256: Digest?
  /// Globs, relative to the prefix, of what stripping would remove.
  package var keep: [String]

  package init(
    provider: Provider, python: PythonVersion, platform: Platform, floor: PlatformFloor? = nil,
    suite: String? = nil,
    mirror: String? = nil, release: String? = nil, url: String? = nil, sha256: Digest? = nil,
    keep: [String] = []
  ) {
    self.provider = provider
    self.python = python
    self.platform = platform
    self.floor = floor
    self.suite = suite
    self.mirror = mirror
    self.release = release
    self.url = url
    self.sha256 = sha256
    self.keep = keep
  }
}
