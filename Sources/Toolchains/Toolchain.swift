package import Model
package import SystemPackage

/// What compiles a package's native code for a platform: programs, variables and files, as a value.
package struct Toolchain: Sendable, Hashable {
  /// What of it decides the compiled code: the compiler and its version, and what it compiles for.
  package let identity: String
  package let platform: Platform
  /// Whether what it makes does not run on this machine.
  package let isCross: Bool
  package var isZig: Bool { identity.hasPrefix("zig ") }
  /// Directories for the front of PATH.
  package var searchPath: [FilePath]
  package var environment: [String: String]
  /// Directories that its programs write to.
  package let writable: [FilePath]
  /// Settings for build backends that don't read variables, by backend and key: `mesonpy` has `setup-args`.
  package var settings: [String: [String: [String]]]

  package init(
    identity: String, platform: Platform, isCross: Bool, searchPath: [FilePath] = [],
    environment: [String: String], writable: [FilePath] = [], settings: [String: [String: [String]]] = [:]
  ) {
    self.identity = identity
    self.platform = platform
    self.isCross = isCross
    self.searchPath = searchPath
    self.environment = environment
    self.writable = writable
    self.settings = settings
  }
}
