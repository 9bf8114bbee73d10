package import ConfigMerge
package import Model
package import SystemPackage

/// A module that was added to a repository, as its `pyproject.toml` records it.
package struct AddedModule: Sendable, Hashable {
  package let name: ModuleName
  package let version: PackageVersion
  /// Where it came from; `ModuleShelf.module(atReference:relativeTo:)` finds it again.
  package let source: String
  package let options: [String: OptionValue]
  /// What was written, by path in the module's directory.
  package let files: [String: Digest]
  /// Relative to the repository: `modules/elasticity`.
  package let path: String
  package let directory: FilePath

  /// All added modules, by name.
  ///
  /// - Throws: `AddedModuleError` for a `pyproject.toml` that is not TOML or whose record is not ppp's, and `FileError`.
  package static func all(in repository: Repository) throws -> [AddedModule] {
    let parent = repository.root.appending(Repository.modules)
    guard FileStatus(of: parent)?.kind == .directory else { return [] }
    return try listDirectory(parent).compactMap { name in
      try read(in: parent.appending(name), path: "\(Repository.modules)/\(name)")
    }.sorted { $0.name < $1.name }
  }

  /// The added module in a directory, which errors call `path`; nil when there is none.
  package static func read(in directory: FilePath, path: String) throws -> AddedModule? {
    let project = directory.appending(RenderedModule.projectFile)
    guard FileStatus(of: project)?.kind == .file else { return nil }
    let file = "\(path)/\(RenderedModule.projectFile)"
    guard let text = String(validating: try readFile(project), as: UTF8.self) else {
      throw AddedModuleError.notText(file: file)
    }
    return try AddedModule(parsing: text, file: file, path: path, directory: directory)
  }
}
