package import Model

/// A module as the command line names it: `NAME` or `NAME@VERSION`.
package struct ModuleReference: Hashable, Sendable {
  package let name: ModuleName
  /// Nil for whatever version comes first.
  package let version: PackageVersion?

  package init(_ name: ModuleName, version: PackageVersion? = nil) {
    self.name = name
    self.version = version
  }
}

extension ModuleReference: TextCodable {
  package init(parsing text: String) throws(ParseError) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    name = try ModuleName(parsing: String(parts.first ?? ""))
    guard parts.count == 2 else {
      version = nil
      return
    }
    version = try PackageVersion(parsing: String(parts[1]))
  }

  package var description: String { name.description + (version.map { "@\($0)" } ?? "") }
}
