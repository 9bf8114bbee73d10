package import Model

/// Why modules cannot be added to a repository; nothing was written.
package enum AddError: UserFacingError, Equatable {
  /// A directory of the module's name has files in it that ppp did not put there.
  case foreignDirectory(String, file: String)
  /// The module is to be added where its own source is.
  case isSource(String)
  /// Another directory has a name that is the same package, or the same to some file systems.
  case sameName(String, other: String)
  /// A file stands where a directory is needed, or the other way round.
  case inTheWay(String, isDirectory: Bool)
  /// A symbolic link on the way, or at the place, leads out of the repository or to nothing.
  case linkLeaves(String, target: String)
  /// Two modules of one call have the same name.
  case addedTwice(ModuleName)
  /// It is not what it was when the plan was made.
  case changedMeanwhile(String)
  /// Adding failed, and these could not be put back as they were.
  case notRestored([String], cause: String)

  package var description: String {
    switch self {
    case .foreignDirectory(let directory, let file):
      "'\(directory)' is there already, and is no module that ppp added: it has '\(file)'"
    case .isSource(let directory): "'\(directory)' is the module's source itself"
    case .sameName(let path, let other):
      "'\(other)' is there already, and cannot be told from '\(path)' everywhere"
    case .inTheWay(let path, let isDirectory):
      isDirectory ? "'\(path)' is a directory, not a file" : "'\(path)' is not a directory"
    case .linkLeaves(let path, let target):
      "the link '\(path)' leads out of the repository or to nothing: '\(target)'"
    case .addedTwice(let name): "'\(name)' is to be added twice"
    case .changedMeanwhile(let path): "'\(path)' changed while modules were added"
    case .notRestored(let paths, let cause):
      "\(cause); these could not be put back: " + paths.map { "'\($0)'" }.joined(separator: ", ")
    }
  }

  package var hint: String? {
    switch self {
    case .foreignDirectory(let directory, _):
      "move '\(directory)' away, or add the module to another repository with --into"
    case .isSource: "add it to another repository with --into DIR"
    case .sameName(_, let other): "rename '\(other)', or move it away"
    case .inTheWay(let path, _): "move '\(path)' away"
    case .linkLeaves(let path, _): "replace the link '\(path)' by what it points at, or remove it"
    case .addedTwice: nil
    case .changedMeanwhile: "run the command again"
    case .notRestored: "look at them; files whose names start with '.ppp-' hold what was there"
    }
  }
}
