import Model
import Processes
package import SystemPackage

extension Repository {
  /// Whether git tracks files that are not as they were committed; nil when there is no git, or no repository of git's.
  ///
  /// Files that git doesn't track don't count. Nothing is written, and no program but git is started, whatever the
  /// repository's configuration says.
  package func isDirty(git: FilePath?, environment: [String: String]) async throws -> Bool? {
    guard let git, isInsideGit else { return nil }
    var variables = environment.filter { ["PATH", "HOME", "XDG_CONFIG_HOME", "TMPDIR"].contains($0.key) }
    variables["GIT_OPTIONAL_LOCKS"] = "0"
    variables["LC_ALL"] = "C"
    let result = try await run(
      Command(
        git,
        [
          "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "status", "--porcelain", "-z",
          "--untracked-files=no", "--ignore-submodules=all", "--no-renames",
        ], environment: variables, workingDirectory: root, timeout: .seconds(60), overflow: .keepEnds))
    // A repository that git refuses, as one of another user's, says nothing of its state.
    return result.succeeded ? !result.output.isEmpty : nil
  }

  private var isInsideGit: Bool {
    guard FileStatus(of: root)?.kind == .directory else { return false }
    var place = root
    while !place.components.isEmpty {
      if FileStatus(of: place.appending(".git")) != nil { return true }
      place = place.removingLastComponent()
    }
    return false
  }
}
