import Model
import Processes
import Synchronization
import SystemPackage
import Toolchains
import Tools

extension Workbench {
  /// The time that builds are told, unless the user's environment says another: 1 January 1980, zip's first day.
  var epoch: String { variables["SOURCE_DATE_EPOCH"] ?? "315532800" }

  /// What to compile with, the first choice first: on this machine's platform its own compiler; zig where that is
  /// missing or makes code that the floor is too old for, and for all other platforms.
  func toolchains(for platform: Platform, floor: PlatformFloor?) async throws -> [Toolchain] {
    if platform == Platform.host, let own = try await compilers.own() { return [own] }
    return [try await zig(for: platform, floor: floor)]
  }

  /// zig as a compiler for a platform.
  func zig(for platform: Platform, floor: PlatformFloor?) async throws -> Toolchain {
    try Toolchain.zig(
      ZigTarget(platform, floor: floor), program: try await toolbox.zig(), version: Toolbox.zigVersion,
      host: Platform.host, in: cache.appending("toolchains"), caches: cache.appending("zig"))
  }

  /// Whether a wheel that is there already is to be built again, which is done once in a run.
  func isToBeRebuilt(_ key: Digest, _ package: PackageName) -> Bool {
    rebuilds.contains(package) && !rebuilt.keys.withLock { $0.contains(key) }
  }

  func noteRebuilt(_ key: Digest) { rebuilt.keys.withLock { _ = $0.insert(key) } }
}
