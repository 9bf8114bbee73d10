package import Model

/// A module of the workspace that a bundle holds.
package struct ModuleRecord: Hashable, Sendable, Codable {
  package let name: ModuleName
  package let version: String
  /// Of the wheel that its source makes: equal digests, equal modules.
  package let digest: Digest

  package init(name: ModuleName, version: String, digest: Digest) {
    self.name = name
    self.version = version
    self.digest = digest
  }
}
