import Artifacts
import ConfigMerge
import Model
import Processes
import Runtimes
import SystemPackage
import TOMLFiles
import Verify

/// Runs a recipe's test on a wheel that was just built: in an environment that holds the wheel and what it needs, and is
/// confined as the build was.
struct WheelTest {
  let job: SourceJob
  let recipe: BuildRecipe
  let environment: BuildEnvironment
  let confinement: Confinement
  /// What the wheel is for; a wheel without native code is tested on this machine's.
  let platform: Platform

  private var build: SourceBuild { job.build }
  private var site: FilePath { environment.scratch.appending("test-site") }
  private var home: FilePath { environment.scratch.appending("test") }

  /// Whether there was a test, and this machine could run it.
  ///
  /// - Throws: `SourceBuildError.testFailed`, `SourceBuildError.testRequirements`.
  func run(_ wheel: FilePath) async throws -> Bool {
    guard !recipe.test.isEmpty else { return false }
    guard let interpreter = try await interpreter() else {
      try job.writeLog("== \(recipe.package): not tested, nothing here runs programs for \(platform)\n", [])
      return false
    }
    try makeDirectory(home)
    try await install(wheel)
    let result = try await Processes.run(command(interpreter))
    try job.writeLog("== \(recipe.package): test\n", result.output + result.errorOutput)
    guard result.succeeded else { throw failure(result) }
    return true
  }

  /// How the cell's interpreter is started here; nil when it can't be.
  private func interpreter() async throws -> (executable: FilePath, arguments: [String])? {
    if platform == Platform.host { return (environment.interpreter, []) }
    let prefix = try await job.bench.runtimes.unpacked(
      build.lock.runtime, spec: try RuntimeSpec(build.recipe), in: job.bench.layers,
      level: build.recipe.build.compressionLevel.value)
    guard let prefix else { return nil }
    return try job.bench.verifier.interpreter(of: realPath(prefix), on: platform)
  }

  /// Installs the wheel and what it needs, as wheels, in the versions that the cell has.
  private func install(_ wheel: FilePath) async throws {
    let place = environment.scratch.appending("test-requires")
    try makeDirectory(place)
    let lock = build.lock
    let versions = lock.packages.filter { $0.name != recipe.package && !$0.needsBuild }.compactMap {
      package in
      package.version.map { "\(package.name)==\($0)\n" }
    }
    try writeAtomically(versions.joined().utf8, to: place.appending("constraints.txt"))
    try writeAtomically(
      UVCompile.settings(indexes: build.recipe.registries.inOrder.map { redacting($0) }).utf8,
      to: place.appending("uv.toml"))
    let target = UVTarget(platform: platform, floor: lock.floor)
    var arguments = [
      "pip", "install", "--config-file", "uv.toml", "--quiet", "--no-progress", "--color", "never",
      "--python",
      environment.interpreter.string, "--target", site.string, "--python-version", lock.python.description,
      "--python-platform", target.name, "--index-strategy", "first-index", "--only-binary", ":all:",
      "--constraints", "constraints.txt", wheel.string,
    ]
    if build.recipe.noDeps.contains(recipe.package), recipe.testRequires.isEmpty {
      arguments.append("--no-deps")
    }
    if job.bench.fetcher.settings.offline { arguments.append("--offline") }
    if let limit = lock.excludeNewer { arguments += ["--exclude-newer", limit] }
    arguments += recipe.testRequires.map(\.description)
    let result = try await Processes.run(
      Command(
        environment.uv, arguments, environment: environment.fetching.merging(target.environment) { $1 },
        workingDirectory: place, timeout: .seconds(600), overflow: .keepEnds))
    guard result.succeeded else {
      throw SourceBuildError.testRequirements(recipe.package, output: result.tail(lines: 20))
    }
  }

  private func command(_ interpreter: (executable: FilePath, arguments: [String])) -> Command {
    let words = recipe.test.map(recipe.filled)
    let script = site.appending("bin").appending(words[0])
    let program: [String]
    switch words[0] {
    case "python", "python3": program = []
    case let name where !name.contains("/") && FileStatus(of: script) != nil: program = [script.string]
    default: program = [words[0]]
    }
    let variables = [
      "PATH": "\(site.appending("bin")):/usr/bin:/bin", "HOME": home.string, "TMPDIR": home.string,
      "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONPATH": site.string, "PYTHONNOUSERSITE": "1",
      "PYTHONDONTWRITEBYTECODE": "1",
    ]
    let command = Command(
      interpreter.executable, interpreter.arguments + program + words.dropFirst(), environment: variables,
      workingDirectory: home, timeout: .seconds(job.settings.timeout), outputLimit: HookRun.outputLimit,
      overflow: .end)
    return confinement.confining(command, writable: [environment.scratch])
  }

  private func failure(_ result: ProcessResult) -> SourceBuildError {
    .testFailed(
      job.package.name, version: job.package.version, recipe: recipe.file,
      ending: SourceBuildError.Ending(result, timeout: job.settings.timeout), log: job.logName,
      text: result.tail(lines: 12))
  }
}
