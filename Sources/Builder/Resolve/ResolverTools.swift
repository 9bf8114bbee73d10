package import Artifacts
package import Model
package import Runtimes
package import SystemPackage

/// What resolving needs of the world.
package struct ResolverTools: Sendable {
  /// The uv to run; asked for only when something has to be resolved.
  package var uv: @Sendable () async throws -> FilePath
  /// The cache directory; uv's own cache is `uv` in it.
  package var cache: FilePath
  package var fetcher: Fetcher
  package var environment: [String: String]
  /// An interpreter that runs here, of the same minor version, for packages whose metadata must be built.
  package var interpreter: @Sendable (PythonVersion) async throws -> FilePath?
  package var pin: @Sendable (RuntimeSpec) async throws -> RuntimePin
  package var events: EventSink

  package init(
    uv: @escaping @Sendable () async throws -> FilePath, cache: FilePath, fetcher: Fetcher,
    environment: [String: String],
    interpreter: @escaping @Sendable (PythonVersion) async throws -> FilePath? = { _ in nil },
    pin: @escaping @Sendable (RuntimeSpec) async throws -> RuntimePin, events: @escaping EventSink = { _ in }
  ) {
    self.uv = uv
    self.cache = cache
    self.fetcher = fetcher
    self.environment = environment
    self.interpreter = interpreter
    self.pin = pin
    self.events = events
  }
}
