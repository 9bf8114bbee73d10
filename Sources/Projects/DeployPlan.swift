package import Model

/// Which scripts a deployment runs, and what is in its way; nothing is run while anything is.
package struct DeployPlan: Sendable {
  package let scripts: [DeployScript]
  /// Modules that were not named and have no script.
  package let without: [String]
  package let problems: [Diagnostic]

  /// Finds the scripts; when the modules are named, somebody asked for just these, each has to have one.
  ///
  /// - Throws: `FileError`.
  package init(_ modules: [ProjectModule], in repository: ProjectRepository, areNamed: Bool) throws {
    var scripts: [DeployScript] = []
    var without: [String] = []
    var problems: [Diagnostic] = []
    for module in modules {
      do {
        if let script = try DeployScript.find(of: module, in: repository) {
          scripts.append(script)
        } else if areNamed {
          throw ProjectsError.noDeployScript(module.folder)
        } else {
          without.append(module.folder)
        }
      } catch let error as ProjectsError {
        problems.append(Diagnostic(error))
      }
    }
    (self.scripts, self.without, self.problems) = (scripts, without, problems)
  }
}
