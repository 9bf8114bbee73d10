import Model
package import SystemPackage

/// The program of the repository's own that brings a module to where it runs.
package struct DeployScript: Sendable, Hashable {
  package let module: ProjectModule
  /// Absolute.
  package let path: FilePath
  /// Relative to the repository's root.
  package let shownAs: String

  /// Whether it is run by the Python of the module's environment.
  var isPython: Bool { path.extension == "py" }

  /// The module's script: `modules/<module>/deploy[.sh|.py]`, or `deploy/<module>[.sh|.py]` in the repository.
  ///
  /// A file with another ending is one too when it may be run; else it may be anything.
  ///
  /// - Returns: nil when there is none.
  /// - Throws: `ProjectsError` for more than one, or one that may not be run; `FileError`.
  package static func find(of module: ProjectModule, in repository: ProjectRepository) throws -> DeployScript?
  {
    let places = [(module.path, "deploy"), ("deploy", module.folder)]
    var found: [DeployScript] = []
    for (folder, stem) in places {
      let directory = repository.root.pushing(FilePath(folder))
      guard FileStatus(of: directory)?.kind == .directory else { continue }
      for name in try listDirectory(directory) where isScript(directory.appending(name), stem: stem) {
        found.append(
          DeployScript(module: module, path: directory.appending(name), shownAs: "\(folder)/\(name)"))
      }
    }
    guard found.count < 2 else {
      throw ProjectsError.manyDeployScripts(module.folder, paths: found.map(\.shownAs))
    }
    guard let script = found.first else { return nil }
    guard script.isPython || FileStatus(of: script.path)?.isExecutable == true else {
      throw ProjectsError.notExecutable(module: module.folder, path: script.shownAs)
    }
    return script
  }

  private static func isScript(_ path: FilePath, stem: String) -> Bool {
    guard path.stem == stem, let status = FileStatus(of: path), status.kind == .file else { return false }
    return [nil, "sh", "py"].contains(path.extension) || status.isExecutable
  }
}
