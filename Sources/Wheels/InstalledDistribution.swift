package import Artifacts
package import Layers
package import Model

/// A package as an environment has it: what the catalogue lists and Verify tries to import.
package struct InstalledDistribution: Hashable, Sendable, Codable {
  package let name: PackageName
  package let version: String
  /// An SPDX expression, or what the package says instead; nil when unknown.
  package let license: String?
  /// What `import` takes, sorted: `numpy`, `google.protobuf`, `_cffi_backend`.
  package let imports: [String]

  package init(name: PackageName, version: String, license: String?, imports: [String]) {
    self.name = name
    self.version = version
    self.license = license
    self.imports = imports
  }

  /// Reads a wheel's metadata and file names; little is inflated, and no file's content is checked.
  package static func reading(
    _ wheel: StoredArtifact, fileName: WheelFileName, scheme: InstallScheme
  ) async throws -> InstalledDistribution {
    try await blocking { cancellation in
      try namingWheel(fileName.text) {
        let contents = try WheelContents(
          ArchiveReader(wheel), fileName: fileName, onWindows: scheme.isWindows, cancellation: cancellation)
        // Launchers are no imports, so any will do.
        let launchers = Launchers(scheme: scheme, windows: WindowsLaunchers(console: [], graphical: []))
        let plan = try InstallPlan(
          contents, scheme: scheme, isRequested: false, directURL: nil, launchers: launchers)
        let paths = plan.copies.values.map { scheme.recordPath(of: $0.path) }
        return InstalledDistribution(
          name: contents.fileName.name, version: contents.metadata.version,
          license: contents.metadata.license,
          imports: importNames(paths: paths, topLevel: contents.topLevel))
      }
    }
  }

  /// Reads a layer's table: name and version from the `.dist-info` directory, imports from the files' names.
  ///
  /// - Returns: nil when the layer is of no distribution. The licence is unknown.
  package init?(entries: [LayerEntry], scheme: InstallScheme) {
    let paths = entries.filter { $0.kind != .directory }.map { scheme.recordPath(of: $0.path) }
    let record = paths.first { $0.hasSuffix(".dist-info/RECORD") && !$0.hasPrefix("../") }
    guard let stem = record?.dropLast(".dist-info/RECORD".count), let hyphen = stem.lastIndex(of: "-"),
      let name = try? PackageName(parsing: String(stem[..<hyphen]))
    else { return nil }
    self.init(
      name: name, version: String(stem[stem.index(after: hyphen)...]), license: nil,
      imports: importNames(paths: paths, topLevel: nil))
  }
}
