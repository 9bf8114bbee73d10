package import Model

/// What Platforma's package builder calls runenvs and their parts.
///
/// A runenv is an npm package with one entry point `main`, an environment; one more package, the catalogue, has an
/// entry point for each runenv that refers to the descriptor in its package.
package struct PlatformaNames: Sendable {
  /// What the packages' names begin with: `@platforma-open/milaboratories`.
  package let scope: String
  /// The registry that the package builder uploads archives to.
  package let registry: String

  package init(scope: String = "@platforma-open/milaboratories", registry: String = "platforma-open") {
    self.scope = scope
    self.registry = registry
  }

  static let runenvPrefix = "python-"
  static let descriptor = "dist/tengo/software/main.sw.json"
  static let catalogueDirectory = "catalogue"
  static let environmentPath = ["block-software", "entrypoints", "main", "environment", "artifact"]
  static let entryPointsPath = ["block-software", "entrypoints"]

  var cataloguePackage: String { "\(scope).runenv-python-3" }

  func package(of runenv: String) -> String { "\(scope).runenv-\(runenv)" }

  /// `3.12.10-atls` of `python-3.12.10-atls`.
  static func entryPoint(of runenv: String) -> String { String(runenv.dropFirst(runenvPrefix.count)) }

  static func runenv(ofEntryPoint name: String) -> String { runenvPrefix + name }

  static func reference(toPackage name: String) -> String { "\(name)/\(descriptor)" }

  /// Where the registry has a package's archives: `{os}` and `{arch}` are for its readers to fill in.
  static func archive(ofPackage name: String, version: String) -> String {
    let path = name.hasPrefix("@") ? String(name.dropFirst()) : name
    return "\(path)/main/\(version)-{os}-{arch}.tgz"
  }
}

/// A runenv of the catalogue as it is exported.
package struct PlatformaRunenv: Hashable, Sendable {
  package let id: String
  package let python: PythonVersion
  /// In ppp's order.
  package let platforms: [Platform]

  package init(id: String, python: PythonVersion, platforms: [Platform]) {
    self.id = id
    self.python = python
    self.platforms = platforms.sorted()
  }
}
