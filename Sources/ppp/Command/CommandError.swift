import Model
import SystemPackage

/// What can be wrong before any work begins.
enum CommandError: UserFacingError {
  case unknownCommand(String, group: String, nearest: String?)
  case noWorkspace(in: FilePath)
  case unknownRunenv(String, nearest: String?)
  /// A runenv, or when it is nil the whole workspace, is not for this platform.
  case notOnPlatform(runenv: String?, Platform, platforms: [Platform])

  var description: String {
    switch self {
    case .unknownCommand(let word, let group, _): "'\(group)' has no command '\(word)'"
    case .noWorkspace(let directory): "there is no workspace at '\(directory)'"
    case .unknownRunenv(let id, _): "there is no runenv '\(id)'"
    case .notOnPlatform(let runenv, let platform, _):
      "\(runenv.map { "'\($0)' is not" } ?? "nothing is") built for '\(platform)'"
    }
  }

  var hint: String? {
    switch self {
    case .unknownCommand(_, let group, let nearest):
      nearest.map { "did you mean '\($0)'?" } ?? "'\(group) --help' lists them"
    case .noWorkspace: "a workspace has a shared-config.json (or .yaml); name one with --workspace DIRECTORY"
    case .unknownRunenv(_, let nearest): nearest.map { "did you mean '\($0)'?" } ?? "'ppp plan' lists them"
    case .notOnPlatform(_, _, let platforms):
      "its platforms are \(platforms.map(\.description).joined(separator: ", "))"
    }
  }
}
