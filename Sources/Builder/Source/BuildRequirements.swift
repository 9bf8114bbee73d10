import Artifacts
import ConfigMerge
import Model
import Processes
import SystemPackage

/// What a build environment holds: decided by uv, as wheels only, to the byte.
struct BuildRequirements {
  let bench: Workbench
  let recipe: Recipe
  let lock: Lock
  let package: PackageName

  /// Writes a lock of the requirements into a directory of its own, and gives its path.
  ///
  /// It is for every Python of the minor version: the one that builds need not be the cell's.
  /// - Throws: `SourceBuildError.requirements` with what uv says.
  func resolve(
    _ requirements: [String], keeping constraints: [String] = [], interpreter: FilePath, uv: FilePath,
    variables: [String: String],
    in directory: FilePath
  ) async throws -> FilePath {
    let compile = UVCompile(
      requirements: requirements, constraints: constraints,
      indexes: recipe.registries.inOrder.map { redacting($0) },
      python: PythonVersion(lock.python.major, lock.python.minor, 0),
      target: Platform.host.map { UVTarget(platform: $0, floor: nil) }, excludeNewer: lock.excludeNewer,
      offline: bench.fetcher.settings.offline)
    for file in compile.files {
      let path = directory.pushing(FilePath(file.name))
      try makeDirectory(path.removingLastComponent())
      try writeAtomically(Array(file.text.utf8), to: path)
    }
    let command = Command(
      uv, compile.arguments(interpreter: interpreter, cache: bench.cache.appending("uv")),
      environment: variables, workingDirectory: directory, timeout: .seconds(600), overflow: .keepEnds)
    let result = try await run(command)
    guard result.succeeded else {
      throw SourceBuildError.requirements(package, output: result.tail(lines: 20))
    }
    return directory.appending(UVCompile.output)
  }
}
