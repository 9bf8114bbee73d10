import Artifacts
import ConfigMerge
import FoundationEssentials
import Model
import Processes
import SystemPackage
import Tools
import Wheels

/// Builds one package of a cell from source into a wheel, with uv and an interpreter of the cell's minor version.
///
/// The wheel is an artifact like any other. Which source made it is kept in the cache, so that the same source is
/// built once; a wheel without native code serves every platform.
struct SourceBuild: Sendable {
  let bench: Workbench
  let recipe: Recipe
  let lock: Lock
  let package: LockedPackage

  /// Raised whenever the same source would be built another way.
  private static let formatVersion = "1"

  /// The built wheel; built now when it is not there.
  ///
  /// - Throws: `SourceBuildError`, and what fetching and running throw.
  func wheel() async throws -> LocatedWheel {
    guard case .sourceDistribution(let source) = package.source else {
      throw SourceBuildError.unsupported(package.name)
    }
    let shelf = BuiltWheelShelf(cache: bench.cache, key: try key(for: source))
    if let known = shelf.wheel, let artifact = try await bench.artifacts.find(known.digest) {
      return try located(known.fileName, artifact)
    }
    let step = Step(
      .buildFromSource, "\(package.name) \(package.version ?? "")", detail: lock.platform.description)
    bench.events(.started(step))
    do {
      let (name, artifact) = try await bench.processors.withSlot { try await build(source) }
      let wheel = try located(name, artifact)
      try shelf.add(BuiltWheelShelf.Entry(fileName: name, digest: artifact.digest))
      bench.events(.finished(step, .done(name)))
      return wheel
    } catch {
      bench.events(.finished(step, .failed(Diagnostic(error))))
      throw error
    }
  }

  /// What the wheel is made from, by digest.
  private func key(for source: LockedFile) throws(SourceBuildError) -> Digest {
    guard let host = Platform.host else { throw .noHost }
    let rule = recipe.rules[package.name].map { "\($0.identity)" } ?? ""
    return Digest.sha256(
      of: [
        Self.formatVersion, source.digest.hex, lock.python.minorVersion, host.description, Toolbox.uvVersion,
        rule,
      ]
      .joined(separator: "\n"))
  }

  /// Checks that the wheel is of the package asked for and fits the cell.
  private func located(_ name: String, _ artifact: StoredArtifact) throws -> LocatedWheel {
    let fileName = try WheelFileName(parsing: name)
    guard fileName.name == package.name, package.version == nil || fileName.version == package.version else {
      throw SourceBuildError.otherPackage(package.name, version: package.version, wheel: name)
    }
    let isPure = fileName.tags.contains { $0.platform == "any" }
    guard isPure || lock.platform == Platform.host else {
      throw SourceBuildError.nativeCode(package.name, platform: lock.platform, wheel: name)
    }
    return LocatedWheel(digest: artifact.digest, fileName: fileName) { artifact }
  }

  private func build(_ source: LockedFile) async throws -> (String, StoredArtifact) {
    let artifact = try await bench.fetcher.artifact(source.remoteFile)
    guard let interpreter = try await bench.hostInterpreter.interpreter(for: lock.python) else {
      throw SourceBuildError.noInterpreter(package.name, lock.python)
    }
    let uv = try await bench.toolbox.uv()
    return try await withTemporaryDirectory(in: bench.cache.appending("builds")) { scratch in
      let sdist = scratch.appending(source.name)
      try link(artifact.path, at: sdist)
      let output = scratch.appending("out")
      let result = try await run(command(uv, interpreter, sdist: sdist, output: output, home: scratch))
      try keepLog(result)
      guard result.succeeded else {
        throw SourceBuildError.failed(
          package.name, version: package.version, timedOut: result.timedOut, log: logName, tail: result.tail()
        )
      }
      guard let name = try listDirectory(output).first(where: { $0.hasSuffix(".whl") }) else {
        throw SourceBuildError.noWheel(package.name, log: logName)
      }
      return (name, try await bench.artifacts.add(fileAt: output.appending(name)))
    }
  }

  private func command(
    _ uv: FilePath, _ interpreter: FilePath, sdist: FilePath, output: FilePath, home: FilePath
  ) -> Command {
    var arguments = [
      "build", "--wheel", "--no-config", "--no-progress", "--python", interpreter.string, "--out-dir",
      output.string,
      "--default-index", recipe.registries.default.value,
    ]
    for index in recipe.registries.additional { arguments += ["--index", index.value] }
    if case .buildWheel(let rule, _) = recipe.rules[package.name] {
      for setting in rule.configSettings { arguments += ["--config-setting", setting] }
    }
    if bench.fetcher.settings.offline { arguments.append("--offline") }
    var environment = UVEnvironment.variables(from: bench.variables, target: nil, netrc: nil, usesTools: true)
    environment["HOME"] = home.string
    environment["UV_CACHE_DIR"] = bench.cache.appending("uv").string
    environment["SOURCE_DATE_EPOCH"] = bench.variables["SOURCE_DATE_EPOCH"] ?? "315532800"
    return Command(
      uv, arguments + [sdist.string], environment: environment, workingDirectory: home,
      timeout: .seconds(recipe.build.timeout.value), overflow: .keepEnds)
  }

  private var logName: String { ".ppp/logs/\(recipe.cell)-\(package.name).log" }

  private func keepLog(_ result: ProcessResult) throws {
    let path = bench.workspace.root.pushing(FilePath(logName))
    try makeDirectory(path.removingLastComponent())
    try writeAtomically(result.output + result.errorOutput, to: path)
  }

  private func link(_ file: FilePath, at path: FilePath) throws {
    try FileManager.default.createSymbolicLink(atPath: path.string, withDestinationPath: file.string)
  }
}

extension PackageRule {
  /// What of a rule decides how a package is built.
  fileprivate var identity: String {
    guard case .buildWheel(let rule, _) = self else { return "" }
    return (rule.buildRequires.map(\.description) + rule.configSettings).joined(separator: "\n")
  }
}
