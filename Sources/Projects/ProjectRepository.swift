import Model
package import SystemPackage

/// A repository as far as its modules go: the projects in `modules/`, each for itself or in one uv workspace.
package struct ProjectRepository: Sendable, Hashable {
  package let root: FilePath
  /// Whether the root's `pyproject.toml` has a `[tool.uv.workspace]`.
  package let isWorkspace: Bool
  /// Sorted by folder.
  package let modules: [ProjectModule]
  /// The folders that hold a module's source, with a manifest and no `pyproject.toml`; sorted.
  package let sources: [String]

  /// Reads the repository that a directory is in: the nearest upwards with a module in its `modules/`.
  ///
  /// - Throws: `ProjectsError`, `FileError`, and `ParseError` for a project's name that is none.
  package static func find(from directory: FilePath) throws -> ProjectRepository {
    var place = directory
    while true {
      if try !folders(in: place).isEmpty { return try ProjectRepository(at: place) }
      guard place.removeLastComponent() else { throw ProjectsError.noRepository(directory) }
    }
  }

  /// Reads the repository with this root.
  package init(at root: FilePath) throws {
    self.root = root
    let file = root.appending("pyproject.toml")
    let workspace =
      FileStatus(of: file) == nil ? nil : try Pyproject(file, shownAs: "pyproject.toml").workspace
    isWorkspace = workspace != nil
    let folders = try Self.folders(in: root)
    guard !folders.isEmpty else { throw ProjectsError.noRepository(root) }
    sources = folders.filter { !$0.isProject }.map(\.name)
    modules = try folders.filter(\.isProject).map { folder in
      let directory = root.appending("modules").appending(folder.name)
      let shown = "modules/\(folder.name)/pyproject.toml"
      let project = try Pyproject(directory.appending("pyproject.toml"), shownAs: shown)
      guard let name = project.name else { throw ProjectsError.noName(file: shown) }
      return ProjectModule(
        folder: folder.name, name: name, directory: directory, scripts: project.scripts,
        isMember: workspace?.contains("modules/\(folder.name)") ?? false)
    }
    for group in Dictionary(grouping: modules, by: \.name).values where group.count > 1 {
      throw ProjectsError.sameName(group[0].name, modules: group.map(\.folder).sorted())
    }
  }

  /// Where ppp keeps what can be made again; git ignores it.
  package var state: FilePath { root.appending(".ppp") }

  /// The directories in `modules/` that are a project or a module's source, sorted; those of dots are passed over.
  private static func folders(in root: FilePath) throws(FileError) -> [(name: String, isProject: Bool)] {
    let directory = root.appending("modules")
    guard FileStatus(of: directory)?.kind == .directory else { return [] }
    return try listDirectory(directory).filter { !$0.hasPrefix(".") }.compactMap { name in
      let files = ["pyproject.toml", "module.json", "module.yaml", "module.yml"]
      let found = files.first { FileStatus(of: directory.appending(name).appending($0))?.kind == .file }
      return found.map { (name, $0 == "pyproject.toml") }
    }
  }
}
