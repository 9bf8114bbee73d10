package import ConfigMerge
package import Model

/// Why a module's files cannot be made.
package enum RenderingError: UserFacingError, Equatable {
  case unknownOption(String, of: ModuleName, known: [String])
  case missingOptions([ModuleOption], of: ModuleName)
  case wrongValue(OptionValue, ModuleOption, of: ModuleName)
  /// Nothing is there, or only what is never copied.
  case nothingToCopy(String, at: SourcePosition?)
  /// It is a symbolic link that is absolute, leads out of the module, to a directory or to nothing.
  case badLink(String, target: String, problem: String, at: SourcePosition?)
  /// It is neither a file nor a directory, or its name is not UTF-8.
  case notAFile(String, at: SourcePosition?)
  case tooMuch(String, limit: String, at: SourcePosition?)
  /// A path to write to that is none inside the module's directory.
  case badTarget(String, problem: String, at: SourcePosition?)
  /// Two entries write to one place, on file systems that don't tell upper from lower case at least.
  case sameTarget(String, other: String, at: SourcePosition?)
  /// There is no package to import.
  case noPackage(ModuleName, wanted: String, manifest: String)

  package var description: String {
    switch self {
    case .unknownOption(let option, let name, _): "'\(name)' has no option '\(option)'"
    case .missingOptions(let options, let name):
      "'\(name)' needs to know " + options.map { "'\($0.name)'" }.joined(separator: " and ")
    case .wrongValue(let value, let option, let name):
      "'\(value)' is not a value for the option '\(option.name)' of '\(name)'"
    case .nothingToCopy(let from, _): "there is nothing to copy at '\(from)'"
    case .badLink(let link, let target, let problem, _): "the link '\(link)' \(problem): '\(target)'"
    case .notAFile(let path, _): "'\(path)' is neither a file nor a directory with a name in UTF-8"
    case .tooMuch(let from, let limit, _): "'\(from)' is more than \(limit)"
    case .badTarget(let path, let problem, _): "'\(path)' is not a path in the module: \(problem)"
    case .sameTarget(let path, let other, _):
      path == other
        ? "two entries write to '\(path)'" : "'\(path)' and '\(other)' are one place on some file systems"
    case .noPackage(let name, let wanted, _): "'\(name)' has no '\(wanted)'"
    }
  }

  package var position: SourcePosition? {
    switch self {
    case .nothingToCopy(_, let position), .badLink(_, _, _, let position), .notAFile(_, let position),
      .tooMuch(_, _, let position), .badTarget(_, _, let position), .sameTarget(_, _, let position):
      position
    case .noPackage(_, _, let manifest): SourcePosition(file: manifest, line: 1, column: 1)
    case .unknownOption, .missingOptions, .wrongValue: nil
    }
  }

  package var hint: String? {
    switch self {
    case .unknownOption(let option, _, let known):
      nearest(to: option, in: known).map { "did you mean '\($0)'?" }
        ?? (known.isEmpty ? "it has no options" : "its options are \(known.joined(separator: ", "))")
    case .missingOptions(let options, _):
      "give " + options.map { "--option \($0.name)=\($0.kind.placeholder)" }.joined(separator: " ")
    case .wrongValue(_, let option, _): "give --option \(option.name)=\(option.kind.placeholder)"
    case .nothingToCopy: "files named __pycache__, *.pyc, .git and .DS_Store are never copied"
    case .badLink: "put the file itself there, or a relative link to a file of the module"
    case .notAFile: "leave it out of what 'files' lists"
    case .tooMuch: "list under 'files' only what belongs into the user's repository"
    case .badTarget: "write a relative path without '..'"
    case .sameTarget: "give the entries conditions ('when') that exclude each other, or another 'to'"
    case .noPackage(_, let wanted, _): "list what makes '\(wanted)' under 'files'"
    }
  }
}

extension ModuleOption.Kind {
  /// What to write for a value.
  fileprivate var placeholder: String {
    switch self {
    case .text: "TEXT"
    case .integer: "INTEGER"
    case .number: "NUMBER"
    case .boolean: "true|false"
    case .choice(let words): words.joined(separator: "|")
    }
  }
}
