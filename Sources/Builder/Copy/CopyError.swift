import ConfigMerge
import Model
import SystemPackage

/// What is wrong with a `copyFiles` rule once the disk is looked at.
enum CopyError: UserFacingError {
  case missing(Located<String>)
  case leavesBase(Located<String>, base: FilePath)
  case linkLeaves(Located<String>, link: FilePath, target: String)
  case notAFile(Located<String>, path: FilePath)
  /// It is not what it was when the build was planned.
  case changed(FilePath)

  var description: String {
    switch self {
    case .missing(let from): "copyFiles: there is no '\(from.value)'"
    case .leavesBase(let from, let base): "copyFiles: '\(from.value)' leads out of '\(base)'"
    case .linkLeaves(_, let link, let target):
      "copyFiles: the link '\(link)' points at '\(target)', which may lie outside the environment"
    case .notAFile(_, let path):
      "copyFiles: '\(path)' is neither a file, a directory nor a link with a name in UTF-8"
    case .changed(let path): "copyFiles: '\(path)' changed while it was copied"
    }
  }

  var position: SourcePosition? {
    switch self {
    case .missing(let from), .leavesBase(let from, _), .linkLeaves(let from, _, _), .notAFile(let from, _):
      from.position
    case .changed: nil
    }
  }

  var hint: String? {
    switch self {
    case .missing: "'from' is relative to the runenv's folder, for shared rules to the workspace"
    case .leavesBase: "copy the files into that folder"
    case .linkLeaves: "make the link relative, to something that is copied too"
    case .notAFile: "take it out of the folder that is copied"
    case .changed: "run the build again"
    }
  }
}
