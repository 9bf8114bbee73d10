package import Model
import TOMLFiles

/// What keeps a module from being added to a repository's `pyproject.toml`.
package enum ProjectError: UserFacingError, Equatable, TOMLProblem {
  case notTOML(file: String, line: Int, column: Int, reason: String)
  case badValue(file: String, line: Int, key: String, problem: String)
  case notText(file: String)
  /// The project has something else by the module's name.
  case nameTaken(PackageName, by: String, at: SourcePosition)
  /// `[project] dynamic` says that another tool makes the dependencies.
  case dynamicDependencies(at: SourcePosition, toAdd: [PackageName])
  /// `[tool.uv.workspace] exclude` has the module's directory.
  case excluded(String, pattern: String, at: SourcePosition)
  /// It is written in a way that can't be added to without changing what else it says.
  case cannotEdit(file: String, toAdd: String)

  package var description: String {
    switch self {
    case .notTOML(_, _, _, let reason): "this is not TOML: \(reason)"
    case .badValue(_, _, let key, let problem): "'\(key)' \(problem)"
    case .notText: "this is not UTF-8 text"
    case .nameTaken(let name, let other, _): "the project has \(other) named '\(name)' already"
    case .dynamicDependencies: "the project's dependencies are dynamic, so none can be added"
    case .excluded(let directory, let pattern, _):
      "the workspace leaves out '\(directory)' by the pattern '\(pattern)'"
    case .cannotEdit(let file, _): "'\(file)' is written in a way that ppp cannot add to"
    }
  }

  package var position: SourcePosition? {
    switch self {
    case .notTOML(let file, let line, let column, _): SourcePosition(file: file, line: line, column: column)
    case .badValue(let file, let line, _, _): SourcePosition(file: file, line: line, column: 1)
    case .notText(let file), .cannotEdit(let file, _): SourcePosition(file: file, line: 1, column: 1)
    case .nameTaken(_, _, let position), .dynamicDependencies(let position, _), .excluded(_, _, let position):
      position
    }
  }

  package var hint: String? {
    switch self {
    case .notTOML, .badValue: "correct it and run the command again; nothing was written"
    case .notText: "save it as UTF-8"
    case .nameTaken: "rename the other one, or remove it"
    case .dynamicDependencies(_, let names):
      "add \(names.map { "'\($0)'" }.joined(separator: " and ")) to where they are kept, "
        + "or list the dependencies in [project]"
    case .excluded: "take the pattern out of [tool.uv.workspace] exclude"
    case .cannotEdit(_, let toAdd): "add \(toAdd) by hand and run the command again"
    }
  }
}
