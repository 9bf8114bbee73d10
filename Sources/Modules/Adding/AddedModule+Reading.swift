import ConfigMerge
package import Model
import SystemPackage
import TOMLFiles

extension AddedModule {
  /// Reads `[tool.ppp.module]`; nil when the project has none.
  init?(parsing text: String, file: String, path: String, directory: FilePath) throws(AddedModuleError) {
    let top = try TOMLReader<AddedModuleError>(text, file: file)
    guard let record = try top.subtable("tool")?.subtable("ppp")?.subtable("module") else { return nil }
    let project = try top.requiredSubtable("project")
    let options = try record.subtable("options")
    var values: [String: OptionValue] = [:]
    for key in options?.keys ?? [] { values[key] = try options?.optionValue(key) }
    var digests: [String: Digest] = [:]
    if let files = try record.subtable("files") {
      for key in files.keys {
        digests[key] = try files.parsed(key) { (hex) throws(ParseError) in
          try Digest(parsing: "sha256:\(hex)")
        }
      }
    }
    self.init(
      name: try project.parsed("name", ModuleName.init(parsing:)),
      version: try record.parsed("version", PackageVersion.init(parsing:)),
      source: try record.string("source"), options: values, files: digests, path: path,
      directory: directory)
  }
}

extension TOMLReader {
  fileprivate func optionValue(_ key: String) throws(Problem) -> OptionValue {
    switch value(key) {
    case .string(let text): return .text(text)
    case .integer(let number): return .integer(number)
    case .number(let number): return .number(number)
    case .boolean(let flag): return .boolean(flag)
    case .time, .array, .table, nil: throw error(key, "is not the value of an option")
    }
  }
}

/// What can be wrong with an added module's `pyproject.toml`.
package enum AddedModuleError: UserFacingError, Equatable, TOMLProblem {
  case notTOML(file: String, line: Int, column: Int, reason: String)
  case badValue(file: String, line: Int, key: String, problem: String)
  case notText(file: String)

  package var description: String {
    switch self {
    case .notTOML(_, _, _, let reason): "this is not TOML: \(reason)"
    case .badValue(_, _, let key, let problem): "'\(key)' \(problem)"
    case .notText: "this is not UTF-8 text"
    }
  }

  package var position: SourcePosition? {
    switch self {
    case .notTOML(let file, let line, let column, _): SourcePosition(file: file, line: line, column: column)
    case .badValue(let file, let line, _, _): SourcePosition(file: file, line: line, column: 1)
    case .notText(let file): SourcePosition(file: file, line: 1, column: 1)
    }
  }

  package var hint: String? { "correct it; [tool.ppp.module] says what the module was made from" }
}
