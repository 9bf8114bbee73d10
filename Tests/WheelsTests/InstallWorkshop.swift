import Artifacts
import Layers
import Model
import SystemPackage
import TestSupport

@testable import Wheels

/// A store and a layer store in a temporary directory, to install wheels made by a test.
struct InstallWorkshop {
  let directory: FilePath
  let artifacts: ArtifactStore
  let layers: LayerStore

  static func with<Value>(_ body: (InstallWorkshop) async throws -> Value) async throws -> Value {
    try await withTemporaryDirectory(in: "/tmp", prefix: "ppp-wheels-é ") { directory in
      let cache = directory.appending("cache")
      return try await body(
        InstallWorkshop(
          directory: directory, artifacts: ArtifactStore(cache: cache), layers: LayerStore(cache: cache)))
    }
  }

  static func scheme(_ platform: Platform = .linuxX64, minor: Int = 13) -> InstallScheme {
    InstallScheme(python: PythonVersion(3, minor, 1), platform: platform)
  }

  static let launchers = WindowsLaunchers(
    console: Array("MZ-console".utf8), graphical: Array("MZ-window".utf8))

  func install(
    _ wheel: WheelMaker, scheme: InstallScheme = Self.scheme(), requested: Bool = false,
    launchers: WindowsLaunchers? = Self.launchers
  ) async throws -> Layer {
    try await install(
      wheel.bytes, as: wheel.fileName, scheme: scheme, requested: requested, launchers: launchers)
  }

  func install(
    _ bytes: [UInt8], as fileName: String, scheme: InstallScheme = Self.scheme(), requested: Bool = false,
    launchers: WindowsLaunchers? = Self.launchers
  ) async throws -> Layer {
    try await WheelInstallation(
      wheel: artifacts.add(bytes), fileName: WheelFileName(parsing: fileName), scheme: scheme,
      isRequested: requested,
      launchers: launchers
    ).layer(in: layers, level: 1)
  }

  /// The paths of a layer's files; executable ones end in `*`.
  func listing(_ layer: Layer) throws -> [String] {
    try layers.entries(of: layer).map { entry in
      guard case .file(_, _, let isExecutable) = entry.kind else { return "\(entry.path) (\(entry.kind))" }
      return entry.path + (isExecutable ? "*" : "")
    }
  }

  /// The layer unpacked below the workshop.
  func unpack(_ layer: Layer, to name: String = "unpacked") async throws -> FilePath {
    let target = directory.appending(name)
    let packed = try await artifacts.add(fileAt: layers.path(of: layer.digest))
    try makeDirectory(target)
    try await blocking { _ in try ArchiveExtractor().extract(packed, into: target) }
    return target
  }

  func text(_ path: String, of layer: Layer) async throws -> String {
    String(
      decoding: try readFile(await unpack(layer, to: "t-\(layer.digest.hex)").appending(path)), as: UTF8.self)
  }
}
