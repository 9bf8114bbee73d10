import Artifacts
import ConfigMerge
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
  private static let formatVersion = "2"

  /// The built wheel; built now when it is not there, once for all cells that want it.
  ///
  /// - Throws: `SourceBuildError`, and what fetching and running throw.
  func wheel() async throws -> LocatedWheel {
    let (source, subdirectory) = try source()
    let key = try key(for: source, subdirectory)
    let shelf = BuiltWheelShelf(store: bench.artifacts, key: key)
    let wheel = try await bench.wheelsInWork.run(key) {
      if let known = try await shelf.wheel() { return known }
      let step = Step(
        .buildFromSource, "\(package.name) \(package.version ?? "")", detail: lock.platform.description)
      return try await bench.reporting(step, \.fileName) {
        let wheel = try await build(source, subdirectory)
        try checkIdentity(of: WheelFileName(parsing: wheel.fileName))
        try shelf.add(wheel)
        return wheel
      }
    }
    return try located(wheel)
  }

  /// The file that the package is built from, and the folder in it where the package is.
  private func source() throws(SourceBuildError) -> (LockedFile, subdirectory: String?) {
    switch package.source {
    case .sourceDistribution(let file): (file, nil)
    case .archive(let file, let subdirectory): (file, subdirectory)
    case .wheel, .revision: throw .unsupported(package.name)
    }
  }

  /// What the wheel is made from, by digest; of the folder that `{packageRoot}` stands for, only the path.
  private func key(
    for source: LockedFile, _ subdirectory: String?
  ) throws(SourceBuildError) -> Digest {
    guard let host = Platform.host else { throw .noHost }
    return Digest.sha256(
      of: CanonicalJSON.array(
        ([
          Self.formatVersion, source.digest.hex, lock.python.minorVersion, host.description,
          Toolbox.uvVersion, subdirectory ?? "",
        ] + requirements + settings).map(CanonicalJSON.string)))
  }

  private func checkIdentity(of wheel: WheelFileName) throws(SourceBuildError) {
    // A file name may write the same version in another way: `1.0` for `1.0.0`.
    let isVersion = package.version.map {
      $0 == wheel.version || PackageVersion($0) == PackageVersion(wheel.version)
    }
    guard wheel.name == package.name, isVersion ?? true else {
      throw .otherPackage(package.name, version: package.version, wheel: wheel.text)
    }
  }

  /// Checks that the wheel fits the cell, too.
  private func located(_ wheel: BuiltWheel) throws -> LocatedWheel {
    let fileName = try WheelFileName(parsing: wheel.fileName)
    try checkIdentity(of: fileName)
    let isPure = fileName.tags.contains { $0.platform == "any" }
    guard isPure || lock.platform == Platform.host else {
      throw SourceBuildError.nativeCode(package.name, platform: lock.platform, wheel: wheel.fileName)
    }
    return LocatedWheel(digest: wheel.artifact.digest, fileName: fileName) { wheel.artifact }
  }

  private func build(_ source: LockedFile, _ subdirectory: String?) async throws -> BuiltWheel {
    let artifact = try await bench.fetcher.artifact(source.remoteFile)
    guard let interpreter = try await bench.hostInterpreter.interpreter(for: lock.python) else {
      throw SourceBuildError.noInterpreter(package.name, lock.python)
    }
    let uv = try await bench.toolbox.uv()
    return try await withTemporaryDirectory(in: bench.cache.appending("builds")) { scratch in
      let tree = try await unpack(artifact, subdirectory, in: scratch)
      let output = scratch.appending("out")
      let command = try command(uv, interpreter, source: tree, output: output, home: scratch)
      let result = try await bench.processors.withSlot { try await run(command) }
      try keepLog(result)
      guard result.succeeded else {
        throw SourceBuildError.failed(
          package.name, version: package.version, timedOut: result.timedOut, log: logName, tail: result.tail()
        )
      }
      guard let name = try listDirectory(output).first(where: { $0.hasSuffix(".whl") }) else {
        throw SourceBuildError.noWheel(package.name, log: logName)
      }
      return BuiltWheel(
        fileName: name, artifact: try await bench.artifacts.add(fileAt: output.appending(name)))
    }
  }

  private func command(
    _ uv: FilePath, _ interpreter: FilePath, source: FilePath, output: FilePath, home: FilePath
  ) throws -> Command {
    let indexes = recipe.registries
    var arguments = [
      "build", "--wheel", "--no-config", "--no-progress", "--python", interpreter.string,
      "--out-dir", output.string, "--default-index", redacting(indexes.default.value),
    ]
    for index in indexes.additional { arguments += ["--index", redacting(index.value)] }
    for setting in settings { arguments += ["--config-setting", setting] }
    if bench.fetcher.settings.offline { arguments.append("--offline") }
    var environment = UVEnvironment.variables(
      from: bench.variables, target: nil, netrc: try netrc(in: home), usesTools: true)
    environment["HOME"] = home.string
    environment["UV_CACHE_DIR"] = bench.cache.appending("uv").string
    environment["SOURCE_DATE_EPOCH"] = bench.variables["SOURCE_DATE_EPOCH"] ?? "315532800"
    return Command(
      uv, arguments + [source.string], environment: environment, workingDirectory: home,
      timeout: .seconds(recipe.build.timeout.value), overflow: .keepEnds)
  }

  /// A private file with the credentials of the indexes; nil when they have none.
  private func netrc(in directory: FilePath) throws -> FilePath? {
    let text = bench.fetcher.settings.credentials.netrc(for: recipe.registries.inOrder)
    guard !text.isEmpty else { return nil }
    let path = directory.appending("netrc")
    try writeAtomically(Array(text.utf8), to: path, permissions: [.ownerReadWrite])
    return path
  }

  private var logName: String { ".ppp/logs/\(recipe.cell)-\(package.name).log" }

  private func keepLog(_ result: ProcessResult) throws {
    let path = bench.workspace.root.pushing(FilePath(logName))
    try makeDirectory(path.removingLastComponent())
    try writeAtomically(result.output + result.errorOutput, to: path)
  }
}
