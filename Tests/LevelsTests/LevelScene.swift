import Artifacts
import Layers
import Model
import Processes
import Synchronization
import SystemPackage
import TestSupport
import Toolchains
import Wheels

@testable import Levels

/// Wheels that are installed, brought to a level and unpacked, with this machine's Python.
struct LevelScene {
  let directory: FilePath
  let artifacts: ArtifactStore
  let layers: LayerStore
  let interpreter: CompilingInterpreter
  let python: PythonVersion
  let warnings = Warnings()

  final class Warnings: Sendable {
    let all = Mutex<[String]>([])

    var messages: [String] { all.withLock { $0 } }
  }

  /// A Python of this machine; nil when there is none.
  static let host: (program: FilePath, minor: Int)? = {
    for minor in (11...14).reversed() {
      if let program = findExecutable("python3.\(minor)", in: "/usr/local/bin:/usr/bin:/bin") {
        return (program, minor)
      }
    }
    return nil
  }()

  static let compiler = findExecutable("cc", in: "/usr/bin:/bin")

  static func toolchain() async throws -> Toolchain? {
    try await Toolchain.host(Platform.host ?? .linuxX64, variables: ["PATH": "/usr/bin:/bin"])
  }

  /// Whether this machine's Python came with headers, too.
  static let canCompile: Bool = {
    guard compiler != nil, let host else { return false }
    return FileStatus(of: FilePath("/usr/include/python3.\(host.minor)/Python.h")) != nil
  }()

  static func with(_ body: (LevelScene) async throws -> Void) async throws {
    guard let host else { throw ParseError(expected: "Python on this machine", text: "none") }
    let python = PythonVersion(3, host.minor, 1)
    let interpreter = try await CompilingInterpreter(host.program, for: python)
    try await withTemporaryDirectory(in: "/tmp", prefix: "ppp-levels-é ") { directory in
      let cache = directory.appending("cache")
      try await body(
        LevelScene(
          directory: directory, artifacts: ArtifactStore(cache: cache), layers: LayerStore(cache: cache),
          interpreter: interpreter, python: python))
    }
  }

  var scheme: InstallScheme { InstallScheme(python: python, platform: .linuxX64) }
  var site: String { scheme.sitePackages }
  var tag: String { interpreter.cacheTag }

  func install(_ wheel: WheelMaker) async throws -> Layer {
    try await WheelInstallation(
      wheel: artifacts.add(wheel.bytes), fileName: WheelFileName(parsing: wheel.fileName), scheme: scheme,
      isRequested: false
    ).layer(in: layers, level: 1)
  }

  func maker(
    _ level: CodeLevel = .bytecode, keepsSources: Bool = false, minifier: FilePath? = nil,
    minification: CodeForm.Minification? = nil, native: NativeTools? = nil
  ) -> CodeLayer {
    let warnings = warnings
    return CodeLayer(
      form: CodeForm(level: level, keepsSources: keepsSources, minification: minification),
      interpreter: interpreter, minifier: minifier, native: native, scheme: scheme, store: layers,
      processors: Slots(count: 2), scratch: directory.appending("scratch")
    ) { event in
      if case .diagnosed(let diagnostic) = event { warnings.all.withLock { $0.append(diagnostic.message) } }
    }
  }

  func level(_ wheel: WheelMaker, keepsSources: Bool = false) async throws -> Layer {
    try await maker(keepsSources: keepsSources).layer(of: install(wheel), package: wheel.name, level: 1)
  }

  func remaining(
    in layer: Layer, _ level: CodeLevel = .bytecode, keepsSources: Bool = false
  ) throws -> [String: String] {
    let form = CodeForm(level: level, keepsSources: keepsSources)
    let found = form.remaining(in: try layers.entries(of: layer), scheme: scheme, cacheTag: tag)
    return Dictionary(uniqueKeysWithValues: found.map { (scheme.recordPath(of: $0.path), $0.reason) })
  }

  /// Paths below site-packages of the layer's files, without metadata.
  func listing(_ layer: Layer) throws -> [String] {
    try layers.entries(of: layer).map { scheme.recordPath(of: $0.path) }
      .filter { !$0.contains(".dist-info/") }.sorted()
  }

  func unpack(_ layers: [Layer], _ name: String = "environment") async throws -> FilePath {
    let target = directory.appending(name)
    for layer in layers {
      let packed = try await artifacts.add(fileAt: self.layers.path(of: layer.digest))
      try makeDirectory(target)
      try await blocking { _ in try ArchiveExtractor().extract(packed, into: target) }
    }
    return target
  }

  /// What Python prints that finds nothing but the layers' site-packages.
  func output(_ code: String, with layers: Layer...) async throws -> String {
    let target = try await unpack(layers, "run-\(layers.map(\.digest.hex).joined().prefix(60))")
    let result = try await run(
      Command(
        interpreter.program,
        [
          "-I", "-S", "-B", "-c", "import sys; sys.path.append(sys.argv[1])\n\(code)",
          target.appending(site).string,
        ],
        environment: ["PATH": "/usr/bin:/bin"], timeout: .seconds(60)))
    return result.succeeded ? result.text : "failed: \(result.errorText)"
  }
}
