package import Model
package import SystemPackage
import TOMLFiles

/// What can be wrong with a repository's modules, or keep uv from preparing them.
package enum ProjectsError: UserFacingError, TOMLProblem, Equatable {
  /// There is no module of this name in the repository.
  case unknownModule(String, nearest: String?)
  /// Neither this directory nor one above it has modules.
  case noRepository(FilePath)
  /// Modules were asked for without naming any, and there is none that the work could be done with.
  case noModules(String)
  /// None of the repository's modules has a deploy script.
  case noDeployScripts(FilePath)
  /// What lies there can't be worked with as a project of its own.
  case notAProject(String, isSource: Bool)
  case notTOML(file: String, line: Int, column: Int, reason: String)
  case badValue(file: String, line: Int, key: String, problem: String)
  case noName(file: String)
  /// Two modules' projects have one name.
  case sameName(PackageName, modules: [String])
  /// The module has nothing to run that is named for it.
  case noEntryPoint(String, scripts: [String])
  /// The module's environment has no pytest.
  case noPytest(String, PackageName)
  case noDeployScript(String)
  case manyDeployScripts(String, paths: [String])
  case notExecutable(module: String, path: String)
  /// What uv said when it could not do its part.
  case uvFailed(task: String, output: String)

  package var description: String {
    switch self {
    case .unknownModule(let name, _): "there is no module '\(name)'"
    case .noRepository(let directory): "there is no directory with modules at '\(directory)' or above it"
    case .noModules(let problem): problem
    case .noDeployScripts(let root): "no module in '\(root)' has a deploy script"
    case .notAProject(let name, let isSource):
      isSource
        ? "'modules/\(name)' is a module's source, not a project" : "'modules/\(name)' has no pyproject.toml"
    case .notTOML(_, _, _, let reason): reason
    case .badValue(_, _, let key, let problem): "'\(key)' \(problem)"
    case .noName(let file): "'\(file)' gives its project no name"
    case .sameName(let name, let modules):
      "\(modules.map { "'modules/\($0)'" }.joined(separator: " and ")) are both the project '\(name)'"
    case .noEntryPoint(let name, _): "module '\(name)' does not say what running it means"
    case .noPytest(let name, _): "module '\(name)' does not have pytest among its requirements"
    case .noDeployScript(let name): "module '\(name)' has no deploy script"
    case .manyDeployScripts(let name, let paths):
      "module '\(name)' has more than one deploy script: \(paths.joined(separator: ", "))"
    case .notExecutable(_, let path): "'\(path)' may not be run"
    case .uvFailed(let task, let output): "uv could not \(task)" + (output.isEmpty ? "" : ":\n\(output)")
    }
  }

  package var position: SourcePosition? {
    switch self {
    case .notTOML(let file, let line, let column, _): SourcePosition(file: file, line: line, column: column)
    case .badValue(let file, let line, _, _): SourcePosition(file: file, line: line, column: 1)
    default: nil
    }
  }

  package var hint: String? {
    switch self {
    case .unknownModule(_, let nearest):
      nearest.map { "did you mean '\($0)'?" } ?? "'ppp add module NAME' adds one"
    case .noRepository: "'ppp add module NAME' makes modules/NAME here"
    case .noModules, .notTOML, .badValue, .uvFailed: nil
    case .noDeployScripts: "make modules/MODULE/deploy.sh, executable; it is run in the repository's root"
    case .notAProject(let name, isSource: true):
      "add it to a repository: ppp add module \(name) --into DIRECTORY"
    case .notAProject(let name, isSource: false): "make one: uv init modules/\(name)"
    case .noName: "add [project] with a name"
    case .sameName: "rename one of them in its pyproject.toml"
    case .noEntryPoint(let name, let scripts): Self.hint(forRunning: name, scripts: scripts)
    case .noPytest(_, let project): "add it to its dev group: uv add --package \(project) --dev pytest"
    case .noDeployScript(let name):
      "make modules/\(name)/deploy.sh, executable; it is run in the repository's root"
    case .manyDeployScripts: "keep one of them, or let one call the others"
    case .notExecutable(_, let path): "chmod +x \(path)"
    }
  }

  private static func hint(forRunning name: String, scripts: [String]) -> String {
    let entry = "add \(name) = \"PACKAGE.cli:main\" to [project.scripts] of modules/\(name)/pyproject.toml"
    guard !scripts.isEmpty else { return entry }
    return "its scripts are \(scripts.joined(separator: ", ")); \(entry)"
  }
}
