import Model
package import SystemPackage

extension Workspace {
  /// Where modules are found: the workspace's own `modules/`, then what its shared configuration names.
  ///
  /// Of the workspace's files only the shared configuration is read.
  /// - Throws: the problems of that file together.
  package static func moduleSources(at root: FilePath) throws(ConfigurationErrors) -> [ModuleSource] {
    var loader = WorkspaceLoader(root: root)
    let file = loader.configurationFile(among: sharedNames, in: root)
    let shared = file.map { loader.read($0, origin: .shared, base: root) } ?? Configuration()
    guard !loader.hasErrors else {
      throw ConfigurationErrors(diagnostics: loader.problems, sources: loader.sources)
    }
    var sources: [ModuleSource] = [.workspace(at: root)]
    for text in shared.moduleSources {
      do throws(ParseError) {
        sources.append(try ModuleSource(parsing: text.value, relativeTo: root))
      } catch {
        let problem = Diagnostic(.error, error.description, at: text.position, hint: error.hint)
        throw ConfigurationErrors(diagnostics: [problem], sources: loader.sources)
      }
    }
    return sources
  }
}
