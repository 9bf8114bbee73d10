import Model
import TOMLFiles

/// What is wrong with a module that is to be built into a runenv.
enum ModuleError: UserFacingError, TOMLProblem, Equatable {
  case notTOML(file: String, line: Int, column: Int, reason: String)
  case badValue(file: String, line: Int, key: String, problem: String)
  /// The project is called otherwise than its directory.
  case otherName(SourcePosition, name: String, directory: String)
  /// A dependency comes from a place that only uv knows.
  case otherSource(SourcePosition, PackageName)
  case noFiles(module: String)
  /// Something among the files that can't be put into an environment.
  case unfit(module: String, path: String, reason: String)
  case tooMuch(module: String)
  /// The module lies in a git repository, and git can't be asked which files belong to it.
  case noGit(module: String, reason: String)
  case unknownOption(SourcePosition?, module: ModuleName, option: String, nearest: String?, known: [String])
  case badOption(SourcePosition?, ParseError)
  case missingOption(SourcePosition?, module: ModuleName, option: String)
  /// Options are given for a module that was added, whose options were chosen then.
  case fixedOptions(SourcePosition?, module: ModuleName)
  case unknownNeed(SourcePosition?, module: ModuleName, need: PackageName, nearest: String?)
  case otherVersion(SourcePosition?, module: ModuleName, need: Requirement, version: PackageVersion)
  case cycle([ModuleName])
}

extension ModuleError {
  var description: String {
    switch self {
    case .notTOML(_, _, _, let reason): "this is not TOML: \(reason)"
    case .badValue(_, _, let key, let problem): "'\(key)' \(problem)"
    case .otherName(_, let name, let directory):
      "the project is called '\(name)', its directory '\(directory)'"
    case .otherSource(_, let name): "'\(name)' comes from a source under [tool.uv.sources] that is no module"
    case .noFiles(let module): "'\(module)/src' has no files"
    case .unfit(let module, let path, let reason): "'\(module)/\(path)' \(reason)"
    case .tooMuch(let module): "'\(module)/src' has more than 60,000 files, or more than 1 GiB of them"
    case .noGit(let module, let reason): "git can't say which files belong to '\(module)': \(reason)"
    case .unknownOption(_, let module, let option, _, _): "module '\(module)' has no option '\(option)'"
    case .badOption(_, let error): error.description
    case .missingOption(_, let module, let option): "option '\(option)' of module '\(module)' is not chosen"
    case .fixedOptions(_, let module): "the options of module '\(module)' were chosen when it was added"
    case .unknownNeed(_, let module, let need, _):
      "module '\(module)' needs '\(need)', which is not in modules/"
    case .otherVersion(_, let module, let need, let version):
      "module '\(module)' needs '\(need)', and modules/ has \(version)"
    case .cycle(let names):
      "modules need each other: \(names.map(\.description).joined(separator: " → "))"
    }
  }

  var position: SourcePosition? {
    switch self {
    case .notTOML(let file, let line, let column, _): SourcePosition(file: file, line: line, column: column)
    case .badValue(let file, let line, _, _): SourcePosition(file: file, line: line, column: 1)
    case .otherName(let position, _, _), .otherSource(let position, _): position
    case .unknownOption(let position, _, _, _, _), .badOption(let position, _),
      .missingOption(let position, _, _), .fixedOptions(let position, _), .unknownNeed(let position, _, _, _),
      .otherVersion(let position, _, _, _):
      position
    case .noFiles, .unfit, .tooMuch, .noGit, .cycle: nil
    }
  }

  var hint: String? {
    switch self {
    case .notTOML(let file, _, _, _), .badValue(let file, _, _, _): "correct '\(file)'"
    case .otherName: "call both the same, '-' and '_' aside"
    case .otherSource(_, let name): "write where it comes from into the dependency: '\(name) @ https://…'"
    case .noFiles: "its package goes there, as in src/<package>/__init__.py; what git ignores doesn't count"
    case .unfit: "take it out, or tell git to ignore it"
    case .tooMuch: "keep data out of the package"
    case .noGit: "install git, or see to it that 'git ls-files' works there"
    case .unknownOption(_, _, _, let near?, _): "did you mean '\(near)'?"
    case .unknownOption(_, _, _, nil, let known):
      known.isEmpty ? "it has no options" : "its options are \(known.joined(separator: ", "))"
    case .badOption(_, let error): error.hint
    case .missingOption(_, _, let option):
      "give it under 'options' in the module's configuration, as in \"\(option)\": …"
    case .fixedOptions: "remove 'options'"
    case .unknownNeed(_, _, _, let near?): "did you mean '\(near)'?"
    case .unknownNeed(_, _, let need, nil): "add it with 'ppp add module \(need)', or write one"
    case .otherVersion: "update that module, or relax the requirement"
    case .cycle: "take one of these needs out"
    }
  }
}
