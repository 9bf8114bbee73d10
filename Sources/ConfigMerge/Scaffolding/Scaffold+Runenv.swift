package import Model
package import SystemPackage

extension Scaffold {
  /// A new runenv of a workspace: `runenvs/python-<version>[-variant]` with a configuration of its own.
  ///
  /// `name` is the directory's name, with or without `python-`. With `source`, another runenv's configuration and the files
  /// that its copyFiles name are copied as they are, but for what the new version and platforms change: the list of
  /// platforms, and the suite of Debian that has the Python.
  ///
  /// - Throws: `ParseError` for a name that is none, `ScaffoldError`, and `ConfigurationErrors` for a source that is wrong.
  package static func runenv(
    _ name: String, in workspace: FilePath, copying source: String? = nil, platforms: [Platform] = []
  ) throws -> Scaffold {
    let id = "python-" + (name.hasPrefix("python-") ? String(name.dropFirst(7)) : name)
    let new = try Runenv.Name(parsing: id)
    let runenvs = workspace.appending("runenvs")
    let chosen = Platform.all.filter(platforms.contains)
    guard let source else {
      let names = chosen.map { "\"\($0)\"" }.joined(separator: ", ")
      let text = chosen.isEmpty ? "{}\n" : "{\n  \"platforms\": [\(names)]\n}\n"
      return try Scaffold(directory: runenvs.appending(id), files: [File("config.json", text: text)])
    }
    let known = try knownRunenvs(in: runenvs)
    let sourceID = known.contains(source) ? source : "python-" + source
    guard known.contains(sourceID) else {
      throw ScaffoldError.unknownRunenv(source, nearest: nearest(to: source, in: known), known: known)
    }
    let copy = try RunenvCopy(
      of: runenvs.appending(sourceID), python: Runenv.Name(parsing: sourceID).python, in: workspace)
    return try copy.scaffold(at: runenvs.appending(id), python: new.python, platforms: chosen)
  }

  private static func knownRunenvs(in directory: FilePath) throws -> [String] {
    guard Workspace.isDirectory(directory) else { return [] }
    return try listDirectory(directory).filter { name in
      parsed { () throws(ParseError) in try Runenv.Name(parsing: name) } != nil
        && Workspace.isDirectory(directory.appending(name))
    }
  }
}
