import Model
import SystemPackage

/// Which directories belong to a uv workspace (<https://docs.astral.sh/uv/concepts/projects/workspaces/>).
struct WorkspaceMembers: Sendable, Hashable {
  let members: [String]
  let exclude: [String]

  /// Whether the directory, relative to the workspace's root, is a member.
  func contains(_ path: String) -> Bool {
    members.contains { Self.matches($0, path) } && !exclude.contains { Self.matches($0, path) }
  }

  /// A pattern is about a directory and not about what is in it.
  ///
  /// What is no pattern matches nothing: uv will say so.
  private static func matches(_ pattern: String, _ path: String) -> Bool {
    let normal = FilePath(pattern).lexicallyNormalized().string
    guard
      normal.contains("**")
        || normal.split(separator: "/").count == path.split(separator: "/").count
    else { return false }
    do throws(ParseError) {
      return try Glob(parsing: normal, matching: .path).matches(path)
    } catch {
      return false
    }
  }
}
