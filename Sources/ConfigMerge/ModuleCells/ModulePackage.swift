package import Model

/// A module as environments have it installed: a Python package with what it asks for.
package struct ModulePackage: Sendable {
  /// A command that it brings.
  package struct Script: Hashable, Sendable {
    package let name: String
    /// `package.module:function`.
    package let reference: String

    package init(name: String, reference: String) {
      self.name = name
      self.reference = reference
    }
  }

  package let name: ModuleName
  package let version: PackageVersion
  package let summary: String?
  /// The interpreters that it runs with, as PEP 440 specifiers; nil for all.
  package let python: Located<String>?
  /// The platforms that it is for; nil for all.
  package let platforms: [Platform]?
  /// What it asks for, but for modules.
  package let dependencies: [Located<Requirement>]
  /// The modules that it asks for.
  package let needs: [Located<Requirement>]
  package let scripts: [Script]
  /// Sorted by path.
  package let files: [PackageFile]

  package init(
    name: ModuleName, version: PackageVersion, summary: String? = nil, python: Located<String>? = nil,
    platforms: [Platform]? = nil, dependencies: [Located<Requirement>] = [],
    needs: [Located<Requirement>] = [], scripts: [Script] = [], files: [PackageFile]
  ) {
    self.name = name
    self.version = version
    self.summary = summary
    self.python = python
    self.platforms = platforms
    self.dependencies = dependencies
    self.needs = needs
    self.scripts = scripts.sorted { $0.name < $1.name }
    self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// As indexes and locks would call it.
  package var packageName: PackageName { name.packageName }
}

extension ModulePackage {
  /// Why it can't be put into an environment, and where that is said; nil when it can.
  func objection(to python: PythonVersion, on platform: Platform) -> Located<String>? {
    if let wanted = self.python, let version = PackageVersion(python.description),
      !VersionRange(wanted.value).containsIncludingPrereleases(version)
    {
      return wanted.map { "'\(name)' needs Python \($0)" }
    }
    if let platforms, !platforms.contains(platform) {
      return Located(default: "'\(name)' is only for \(platforms.map(\.description).joined(separator: ", "))")
    }
    return nil
  }
}
