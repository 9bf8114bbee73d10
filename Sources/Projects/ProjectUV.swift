import Model
package import Processes
package import SystemPackage

/// uv at work on a repository: its commands, as values.
///
/// It sees the user's whole environment: these are the user's projects, so UV_*, proxies and certificates count.
package struct ProjectUV: Sendable, Hashable {
  package let program: FilePath
  package let repository: ProjectRepository
  package let environment: [String: String]
  package let isOffline: Bool

  package init(
    _ program: FilePath, for repository: ProjectRepository, environment: [String: String], isOffline: Bool
  ) {
    self.program = program
    self.repository = repository
    self.environment = environment
    self.isOffline = isOffline
  }

  /// The same uv at work on another repository.
  package func working(on repository: ProjectRepository) -> ProjectUV {
    ProjectUV(program, for: repository, environment: environment, isOffline: isOffline)
  }

  /// The directory that ppp gives a module an environment of its own in.
  ///
  /// `test` and `deploy` work in these, so that modules prepared and run at the same time can't disturb each other,
  /// the user's `.venv` stays as it is, and a module that imports what it does not require fails here, as it would alone.
  package func ownEnvironment(of module: ProjectModule) -> FilePath {
    repository.state.appending("venvs").appending(module.folder)
  }

  /// Brings the workspace's lock up to date, so that what follows needs only to read it.
  package func lock() -> Command { command(["lock"]) }

  /// Prepares the module's own environment: its requirements and dev group, nothing else.
  ///
  /// A workspace that is not locked yet is locked first; others may not be doing that at the same time.
  package func syncOwn(_ module: ProjectModule, isLocked: Bool) -> Command {
    command(
      ["sync"] + (module.isMember && isLocked ? ["--frozen"] : []) + project(of: module),
      environment: ownEnvironment(of: module))
  }

  /// Prepares the workspace's `.venv`: everything for all of its modules and its root, or what these need besides
  /// what is there.
  package func syncWorkspace(_ modules: [ProjectModule]?) -> Command {
    guard let modules else { return command(["sync", "--all-packages"]) }
    return command(["sync", "--inexact"] + modules.flatMap { ["--package", $0.name.description] })
  }

  /// Prepares the `.venv` of a module that is no workspace's member.
  package func syncAlone(_ module: ProjectModule) -> Command { command(["sync"] + project(of: module)) }

  /// Runs a program in the module's own environment, which is prepared already; its two outputs are one.
  package func runInOwn(
    _ module: ProjectModule, _ words: [String], variables: [String: String] = [:]
  ) -> Command {
    let run = command(
      ["run", "--no-sync"] + project(of: module) + ["--"] + words, environment: ownEnvironment(of: module),
      variables: variables)
    return run.joiningOutputs
  }

  /// Runs a program in the user's environment of the module, which is prepared first, where the user is.
  package func run(_ module: ProjectModule, _ words: [String], in directory: FilePath) -> Command {
    var run = command(["run"] + project(of: module) + ["--"] + words)
    run.workingDirectory = directory
    return run
  }

  /// The options that name the project: the workspace and the module in it, or the module alone.
  private func project(of module: ProjectModule) -> [String] {
    module.isMember
      ? ["--project", repository.root.string, "--package", module.name.description]
      : ["--project", module.directory.string]
  }

  private func command(
    _ arguments: [String], environment own: FilePath? = nil, variables: [String: String] = [:]
  ) -> Command {
    var environment = environment.merging(variables) { $1 }
    if let own {
      environment["UV_PROJECT_ENVIRONMENT"] = own.string
      // uv warns of an environment that is active and is not the project's.
      environment["VIRTUAL_ENV"] = nil
    }
    return Command(
      program, (isOffline ? ["--offline"] : []) + arguments, environment: environment,
      workingDirectory: repository.root, overflow: .keepEnds)
  }
}
