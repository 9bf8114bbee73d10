package import Model
import TOMLFiles

/// What can be wrong with a lock file.
package enum LockError: UserFacingError, Equatable, TOMLProblem {
  /// It is not TOML.
  case notTOML(file: String, line: Int, column: Int, reason: String)
  /// A value is missing, of another type, or not what it must be; `line` is where its table starts.
  case badValue(file: String, line: Int, key: String, problem: String)
  /// A name occurs twice.
  case duplicate(file: String, line: Int, name: PackageName)
  /// It is of a version that this ppp doesn't know.
  case unknownVersion(file: String, version: String)
  /// It has no `[tool.ppp]`: another tool made it.
  case foreign(file: String)
  /// `--locked` was asked for, and there is no lock.
  case missing(CellID)
  /// `--locked` was asked for, and the configuration is not what the lock was made from.
  case stale(CellID, [KeyChange])

  package var description: String {
    switch self {
    case .notTOML(_, _, _, let reason): "this is not TOML: \(reason)"
    case .badValue(_, _, let key, let problem): "'\(key)' \(problem)"
    case .duplicate(_, _, let name): "package '\(name)' occurs twice"
    case .unknownVersion(_, let version): "lock version '\(version)' is not known"
    case .foreign: "this lock has no [tool.ppp], so it doesn't say what it was made from"
    case .missing(let cell): "\(cell) has no lock"
    case .stale(let cell, let changes):
      "the lock of \(cell) is stale: " + changes.map(\.description).joined(separator: "; ")
    }
  }

  package var position: SourcePosition? {
    switch self {
    case .notTOML(let file, let line, let column, _): SourcePosition(file: file, line: line, column: column)
    case .badValue(let file, let line, _, _), .duplicate(let file, let line, _):
      SourcePosition(file: file, line: line, column: 1)
    case .unknownVersion(let file, _), .foreign(let file): SourcePosition(file: file, line: 1, column: 1)
    case .missing, .stale: nil
    }
  }

  package var hint: String? {
    switch self {
    case .notTOML(let file, _, _, _), .badValue(let file, _, _, _), .duplicate(let file, _, _):
      "restore '\(file)' from version control, or remove it and run 'ppp lock'"
    case .unknownVersion: "a newer ppp may have written it; this one reads lock-version 1.0"
    case .foreign(let file): "remove '\(file)' and run 'ppp lock'"
    case .missing(let cell), .stale(let cell, _): "run 'ppp lock \(cell)'"
    }
  }
}
