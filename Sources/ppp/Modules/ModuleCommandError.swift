import ConfigMerge
import Model
import SystemPackage

/// What can be wrong with what is asked of modules.
enum ModuleCommandError: UserFacingError {
  /// There is no workspace, and the command line names no source.
  case noSource(FilePath)
  case unknownOption(String, of: [ModuleName], nearest: String?, known: [String])
  /// An option of a module that is not being added.
  case optionOfOther(String, option: String, nearest: String?)
  case repeatedOption(String)
  /// An option without a default that nobody was there to be asked for.
  case missingOption(ModuleOption, of: ModuleName)
  /// No module of this name was added to the repository.
  case notAdded(String, nearest: String?, known: [String])

  var description: String {
    switch self {
    case .noSource(let directory): "there is no module source at '\(directory)'"
    case .unknownOption(let name, let modules, _, _):
      modules.count == 1
        ? "'\(modules[0])' has no option '\(name)'" : "none of the modules has an option '\(name)'"
    case .optionOfOther(let module, let option, _):
      "'\(module)', whose option '\(option)' is given, is not added"
    case .repeatedOption(let name): "the option '\(name)' is given twice"
    case .notAdded(let name, _, _): "no module '\(name)' was added here"
    case .missingOption(let option, let module): "'\(module)' has to be told its option '\(option.name)'"
    }
  }

  var hint: String? {
    switch self {
    case .noSource:
      "name one with --from DIRECTORY or --from git+https://host/x.git@TAG, or go to a workspace "
        + "(a directory with shared-config.json)"
    case .unknownOption(_, _, let near?, _), .optionOfOther(_, _, let near?): "did you mean '\(near)'?"
    case .unknownOption(_, _, nil, let known):
      known.isEmpty
        ? "leave --option out: there are none" : "the options are \(known.joined(separator: ", "))"
    case .notAdded(_, let near?, _): "did you mean '\(near)'?"
    case .notAdded(let name, nil, let known):
      known.isEmpty
        ? "'ppp add module \(name)' adds it" : "those that were are \(known.joined(separator: ", "))"
    case .optionOfOther: "write it as MODULE.KEY=VALUE, with a module that is being added"
    case .repeatedOption: "give it once, or once a module as MODULE.KEY=VALUE"
    case .missingOption(let option, _): "add --option \(option.form); it is \(option.help)"
    }
  }
}
