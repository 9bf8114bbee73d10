import Model
package import SystemPackage

extension ModuleManifest {
  /// The names of a manifest, of which a module source has one.
  package static let fileNames = ["module.json", "module.yaml", "module.yml"]

  /// No manifest comes near it; what is larger is none, and isn't read.
  private static let largestFile: Int64 = 1 << 20

  /// Whether a directory is a module source: it has a manifest, or something in its place.
  package static func isThere(in directory: FilePath) -> Bool {
    fileNames.contains { FileStatus(of: directory.appending($0), followingLinks: false) != nil }
  }

  /// Reads the manifest of a module source; positions name its files below `shownAs`.
  ///
  /// The files that it lists have to be there; of links only the manifest itself is followed, inside the directory.
  /// - Throws: every problem of the file together.
  package static func load(
    from directory: FilePath, shownAs: String
  ) throws(ConfigurationErrors) -> ModuleManifest {
    let place = shownAs.isEmpty ? "" : shownAs + "/"
    let there = fileNames.filter { FileStatus(of: directory.appending($0), followingLinks: false) != nil }
    guard let name = there.first else {
      throw ConfigurationErrors(
        "there is no module.json in '\(shownAs)'", in: nil, hint: "make one with 'ppp new module NAME'")
    }
    guard there.count == 1 else {
      throw ConfigurationErrors(
        "both \(name) and \(there[1]) are there", in: place + there[1], hint: "remove one of them")
    }
    let file = try manifestFile(directory.appending(name), in: directory, shownAs: place + name)
    let bytes: [UInt8]
    do throws(FileError) { bytes = try readFile(file) } catch { throw ConfigurationErrors(error) }
    return try parse(bytes, file: place + name, directory: directory)
  }

  /// The manifest without links, which may not lead out of the directory.
  private static func manifestFile(
    _ path: FilePath, in directory: FilePath, shownAs: String
  ) throws(ConfigurationErrors) -> FilePath {
    let (file, root): (FilePath, FilePath)
    do throws(FileError) { (file, root) = (try realPath(path), try realPath(directory)) } catch {
      throw ConfigurationErrors(error)
    }
    guard file.starts(with: root), let status = FileStatus(of: file), status.kind == .file else {
      throw ConfigurationErrors(
        "the manifest is no file of the module's", in: shownAs, hint: "replace it by a file")
    }
    guard status.size <= largestFile else {
      throw ConfigurationErrors("the manifest is larger than 1 MiB", in: shownAs, hint: nil)
    }
    return file
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

extension ConfigurationErrors {
  /// One problem of a file as a whole.
  fileprivate init(_ message: String, in file: String?, hint: String?) {
    let position = file.map { SourcePosition(file: $0, line: 1, column: 1) }
    self.init(diagnostics: [Diagnostic(.error, message, at: position, hint: hint)], sources: [:])
  }

  fileprivate init(_ error: FileError) { self.init(diagnostics: [Diagnostic(error)], sources: [:]) }
}
