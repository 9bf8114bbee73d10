/// A distribution of the environment and the imports that must work because of it.
package struct DistributionImports: Hashable, Sendable {
  package let name: String
  package let version: String
  /// Top-level module names; one that several distributions share, as a namespace, is tried once.
  package let imports: [String]

  package init(name: String, version: String, imports: [String]) {
    self.name = name
    self.version = version
    self.imports = imports
  }
}
