import Model
package import SystemPackage

extension ModuleManifest {
  /// The names of a manifest, of which a module source has one.
  package static let fileNames = ["module.json", "module.yaml", "module.yml"]

  /// Whether a directory is a module source: it has a manifest, or something in its place.
  package static func isThere(in directory: FilePath) -> Bool {
    ManifestFile.isThere(among: fileNames, in: directory)
  }

  /// Reads the manifest of a module source; positions name its files below `shownAs`.
  ///
  /// The files that it lists have to be there; of links only the manifest itself is followed, inside the directory.
  /// - Throws: every problem of the file together.
  package static func load(
    from directory: FilePath, shownAs: String
  ) throws(ConfigurationErrors) -> ModuleManifest {
    let file = try ManifestFile.read(
      among: fileNames, in: directory, shownAs: shownAs,
      ManifestFile.Words(whole: "module", hint: "make one with 'ppp new module NAME'"))
    return try parse(file.bytes, file: file.shownAs, directory: directory)
  }

  /// Reads a manifest's bytes, YAML unless the name ends in `.json`.
  ///
  /// Without a directory it isn't looked whether the files that it lists are there.
  /// - Throws: every problem of the file together.
  package static func parse(
    _ bytes: [UInt8], file: String, directory: FilePath? = nil
  ) throws(ConfigurationErrors) -> ModuleManifest {
    let parsed = ParsedFile(bytes, file: file, format: ParsedFile.Format(fileName: file))
    var reader = ManifestReader(file: file, directory: directory)
    let manifest = parsed.root.flatMap { reader.read($0) }
    let problems = parsed.problems + reader.problems
    guard let manifest, !problems.contains(where: { $0.severity == .error }) else {
      throw ConfigurationErrors(diagnostics: problems, sources: [file: parsed.source])
    }
    return manifest
  }
}
