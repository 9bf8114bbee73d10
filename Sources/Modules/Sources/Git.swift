import Model
import Processes
package import SystemPackage

/// The git program, told to ask nothing, to run nothing of a repository's, and to end in time.
package struct Git: Sendable {
  let executable: FilePath
  private let environment: [String: String]
  /// Only what is in the cache is used.
  let isOffline: Bool

  /// `environment` is the user's: where ssh and proxies are found, and access to private repositories.
  package init(executable: FilePath, environment: [String: String], isOffline: Bool = false) {
    self.executable = executable
    self.isOffline = isOffline
    // What tells git about another repository, as inside a hook, or which configuration to take, doesn't count here.
    let kept = environment.filter { key, _ in
      !key.hasPrefix("GIT_") || key.hasPrefix("GIT_SSH") || key.hasPrefix("GIT_SSL_")
        || key.hasPrefix("GIT_PROXY_") || key == "GIT_EXEC_PATH" || key == "GIT_CONFIG_GLOBAL"
    }
    self.environment = kept.merging([
      "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "SSH_ASKPASS_REQUIRE": "never",
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_LFS_SKIP_SMUDGE": "1", "LC_ALL": "C.UTF-8",
    ]) { _, fixed in fixed }
  }

  /// The git on the environment's search path; nil when there is none.
  package static func find(in environment: [String: String], isOffline: Bool = false) -> Git? {
    findExecutable("git", in: environment["PATH"]).map {
      Git(executable: $0, environment: environment, isOffline: isOffline)
    }
  }

  private static let settings = [
    "core.hooksPath=/dev/null", "core.attributesFile=/dev/null", "core.fsmonitor=false",
    "core.autocrlf=false",
    "core.symlinks=true", "protocol.ext.allow=never", "submodule.recurse=false",
    "fetch.recurseSubmodules=false", "gc.auto=0", "maintenance.auto=false", "advice.detachedHead=false",
    "fetch.writeCommitGraph=false",
  ]

  /// Runs git to its end; what it answers is a result whatever it is.
  func run(
    _ arguments: [String], in directory: FilePath? = nil, timeout: Duration = .seconds(30)
  ) async throws -> ProcessResult {
    let settings = Self.settings.flatMap { ["-c", $0] }
    return try await Processes.run(
      Command(
        executable, settings + arguments, environment: environment, workingDirectory: directory,
        timeout: timeout, outputLimit: 64 << 20))
  }
}
