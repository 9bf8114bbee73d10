package import Model
package import SystemPackage

extension BuildRecipe {
  /// Whether a directory is a recipe: it has a recipe's file, or something in its place.
  package static func isThere(in directory: FilePath) -> Bool {
    ManifestFile.isThere(among: fileNames, in: directory)
  }

  /// Reads the recipe in a directory that is called as its package; positions name its files below `shownAs`.
  ///
  /// The patches that it names have to be there.
  /// - Throws: every problem of the file together.
  package static func load(
    from directory: FilePath, shownAs: String
  ) throws(ConfigurationErrors) -> BuildRecipe {
    let name = directory.lastComponent?.string ?? ""
    let file = try ManifestFile.read(
      among: fileNames, in: directory, shownAs: shownAs,
      ManifestFile.Words(whole: "recipe", hint: "make one with 'ppp new recipe \(name)'"))
    let package: PackageName
    do throws(ParseError) { package = try PackageName(parsing: name) } catch {
      throw ConfigurationErrors(
        "'\(shownAs)' is not called as a package is", in: file.shownAs,
        hint: "a recipe's directory has its package's name")
    }
    return try parse(file.bytes, of: package, file: file.shownAs, directory: directory)
  }

  /// Reads a recipe's bytes, YAML unless the name ends in `.json`.
  ///
  /// Without a directory it isn't looked whether the files that it names are there.
  /// - Throws: every problem of the file together.
  package static func parse(
    _ bytes: [UInt8], of package: PackageName, file: String, directory: FilePath? = nil
  ) throws(ConfigurationErrors) -> BuildRecipe {
    let parsed = ParsedFile(bytes, file: file, format: ParsedFile.Format(fileName: file))
    var reader = BuildRecipeReader(package: package, file: file, directory: directory)
    let recipe = parsed.root.flatMap { reader.read($0) }
    let problems = parsed.problems + reader.problems
    guard let recipe, !problems.contains(where: { $0.severity == .error }) else {
      throw ConfigurationErrors(diagnostics: problems, sources: [file: parsed.source])
    }
    return recipe
  }
}
