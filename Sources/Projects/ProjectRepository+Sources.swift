import ConfigMerge
import Model
package import Modules
import SystemPackage

extension ProjectRepository {
  /// Makes a project of a module's source, as `ppp add module` would with no option chosen, to test and run it.
  ///
  /// It lies in `.ppp/modules/<folder>/`, a workspace of its own, with the modules that it needs. What is there already
  /// is brought up to date; environments and lock stay, so that a second time is quick.
  /// - Returns: The module, and the repository that it is in.
  /// - Throws: `ParseError`, `SourceError`, what is wrong with a manifest or template, and `FileError`.
  package func makeProject(
    ofSource folder: String, from shelf: ModuleShelf
  ) async throws -> (module: ProjectModule, repository: ProjectRepository) {
    let name = try ModuleName(parsing: folder)
    let modules = try await shelf.closure(of: [ModuleReference(name)])
    let place = state.appending("modules").appending(folder)
    try makeStateDirectory(place)
    let files = try modules.flatMap { module in
      try render(module).files.map { file in
        (path: "modules/\(module.manifest.name)/\(file.path)", bytes: file.bytes, file.isExecutable)
      }
    }
    let root = (path: "pyproject.toml", bytes: Array(Self.workspaceOfAll.utf8), false)
    let repository = try await blocking { _ in
      try removeFiles(in: place.appending("modules"), at: "modules", except: Set(files.map(\.path)))
      for (path, bytes, isExecutable) in files + [root] {
        try write(bytes, to: place.pushing(FilePath(path)), isExecutable: isExecutable)
      }
      return try ProjectRepository(at: place)
    }
    return (try repository.selectProjects([name.description])[0], repository)
  }

  private static let workspaceOfAll = """
    # Made by ppp from modules' sources, to test and run them; do not change it.
    [tool.uv.workspace]
    members = ["modules/*"]

    """
}

/// Removes what an older source had; what Python and uv keep beside the files stays.
private func removeFiles(in directory: FilePath, at shown: String, except kept: Set<String>) throws(FileError)
{
  guard FileStatus(of: directory)?.kind == .directory else { return }
  for name in try listDirectory(directory) where !name.hasPrefix(".") && name != "__pycache__" {
    let (path, shown) = (directory.appending(name), "\(shown)/\(name)")
    let isDirectory = FileStatus(of: path, followingLinks: false)?.kind == .directory
    if isDirectory, kept.contains(where: { $0.hasPrefix(shown + "/") }) {
      try removeFiles(in: path, at: shown, except: kept)
    } else if isDirectory || !kept.contains(shown) {
      try removeTree(path)
    }
  }
}

/// Writes a file unless it is there as it should be, so that uv builds nothing anew that didn't change.
private func write(_ bytes: [UInt8], to path: FilePath, isExecutable: Bool) throws(FileError) {
  if let status = FileStatus(of: path, followingLinks: false), status.kind == .file,
    status.isExecutable == isExecutable, status.size == bytes.count, try readFile(path) == bytes
  {
    return
  }
  try makeDirectory(path.removingLastComponent())
  try writeAtomically(
    bytes, to: path, permissions: FilePermissions(rawValue: isExecutable ? 0o755 : 0o644))
}
