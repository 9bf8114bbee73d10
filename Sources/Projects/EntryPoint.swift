import Model
import Processes
package import SystemPackage

/// What running a module means.
package enum EntryPoint: Sendable, Hashable {
  /// A script of `[project.scripts]`.
  case script(String)
  /// `python -m` with this package.
  case package(String)

  /// The script that has the project's name; else its only script; else the package of that name if it can be run.
  ///
  /// - Throws: `ProjectsError.noEntryPoint` for a module that has none of these.
  package init(of module: ProjectModule) throws(ProjectsError) {
    let importName = module.name.fileNameForm
    let named = [module.folder, module.name.description, importName].first { module.scripts[$0] != nil }
    if let script = named ?? (module.scripts.count == 1 ? module.scripts.keys.first : nil) {
      self = .script(script)
      return
    }
    let main = ["src", "."].map { module.directory.pushing(FilePath("\($0)/\(importName)/__main__.py")) }
    guard main.contains(where: { FileStatus(of: $0)?.kind == .file }) else {
      throw .noEntryPoint(module.folder, scripts: module.scripts.keys.sorted())
    }
    self = .package(importName)
  }

  /// What uv is to run from this directory.
  ///
  /// uv takes a directory or file of the script's name for the program, so there it gets to it through env(1).
  package func words(in directory: FilePath) -> [String] {
    switch self {
    case .script(let name):
      FileStatus(of: directory.appending(name)) == nil ? [name] : ["/usr/bin/env", name]
    case .package(let name): ["python", "-m", name]
    }
  }
}
