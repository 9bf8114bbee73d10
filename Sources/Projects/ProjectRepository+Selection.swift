import Model
import SystemPackage

/// Some of a repository's modules: projects, and sources that a project can be made of.
package struct ModuleSelection: Sendable, Hashable {
  package var modules: [ProjectModule] = []
  package var sources: [String] = []
}

extension ProjectRepository {
  /// The modules with these names, each once and in their order; all of them when no name is given.
  ///
  /// A module answers to its directory's name and to its project's.
  /// - Throws: `ProjectsError` for a name that is none, with the nearest.
  package func select(_ names: [String]) throws(ProjectsError) -> ModuleSelection {
    guard !names.isEmpty else { return ModuleSelection(modules: modules, sources: sources) }
    var selection = ModuleSelection()
    for name in names {
      if let module = module(named: name) {
        if !selection.modules.contains(module) { selection.modules.append(module) }
      } else if sources.contains(name) {
        if !selection.sources.contains(name) { selection.sources.append(name) }
      } else {
        throw unknown(name)
      }
    }
    return selection
  }

  /// Those with these names that are projects; a source that is named is an error.
  package func selectProjects(_ names: [String]) throws(ProjectsError) -> [ProjectModule] {
    let selection = try select(names)
    if !names.isEmpty, let source = selection.sources.first {
      throw .notAProject(source, isSource: true)
    }
    return selection.modules
  }

  private func module(named name: String) -> ProjectModule? {
    if let module = modules.first(where: { $0.folder == name }) { return module }
    do throws(ParseError) {
      let name = try PackageName(parsing: name)
      return modules.first { $0.name == name }
    } catch {
      return nil
    }
  }

  private func unknown(_ name: String) -> ProjectsError {
    let directory = root.appending("modules").appending(FilePath(name).lastComponent?.string ?? name)
    if !name.contains("/"), FileStatus(of: directory)?.kind == .directory {
      return .notAProject(name, isSource: false)
    }
    let known = modules.map(\.folder) + modules.map(\.name.description) + sources
    return .unknownModule(name, nearest: nearest(to: name, in: known))
  }
}
