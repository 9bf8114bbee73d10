import Artifacts
import Catalogue
import ConfigMerge
import Model
import SystemPackage
import Toolchains
import Tools
import Wheels

/// Builds one package of a cell from source into a wheel.
///
/// The wheel is an artifact like any other. Which source made it is kept in the cache, so that the same source is
/// built once; a wheel without native code serves every platform.
struct SourceBuild: Sendable {
  let bench: Workbench
  let recipe: Recipe
  let lock: Lock
  let package: LockedPackage

  /// Raised whenever the same source would be built another way.
  static let formatVersion = "5"

  /// The built wheel; built now when it is not there, once for all cells that want it.
  ///
  /// - Throws: `SourceBuildError`, `RepairError`, and what fetching and running throw.
  func wheel() async throws -> LocatedWheel {
    let input = BuildInput(package, recipe: recipe, fetcher: bench.fetcher, variables: bench.variables)
    guard let input else { preconditionFailure("a package that has a wheel is not built") }
    guard let host = Platform.host else { throw SourceBuildError.noHost }
    let settings = settings
    func key(_ extra: [String]) throws -> Digest {
      try self.key(for: input, settings, extra)
    }
    // What has no native code is the same for all platforms; whether it has is known when it is built.
    let native = try await nativeKeyFields()
    let shelves = BuiltWheelShelves(
      pure: shelf(try key(["pure"])), own: shelf(try key(native)),
      // What this machine's compiler makes too new for the floor depends on zig as well.
      again: shelf(try key(native + [Compilers.zig])))
    if !bench.rebuilds.contains(package.name) {
      if let wheel = try await known(shelves) { return try await located(wheel) }
    }
    let job = SourceJob(
      build: self, input: input, settings: settings, host: host)
    if try await job.mayBePure() {
      let wheel = try await made(by: job, for: host, flight: try key(["pure"]), shelves)
      // What compiles, though no file of it says so (mypyc, cffi), is compiled for each platform.
      if wheel.toolchain == nil || lock.platform == host { return try await located(wheel) }
    }
    return try await located(made(by: job, for: lock.platform, flight: try key(native), shelves))
  }

  /// The wheel that is there, else a new one for that platform; those who wait for the same flight share it.
  private func made(
    by job: SourceJob, for platform: Platform, flight: Digest, _ shelves: BuiltWheelShelves
  ) async throws -> BuiltWheel {
    try await bench.wheelsInWork.run(flight) {
      if let wheel = try await known(shelves), !bench.isToBeRebuilt(flight, package.name) { return wheel }
      let step = Step(
        .buildFromSource, "\(package.name) \(package.version ?? "")", detail: lock.platform.description)
      return try await bench.reporting(step, \.fileName) {
        let wheel = try await job.run(for: platform)
        if wheel.toolchain == nil || lock.platform == platform {
          try shelves.add(wheel, compilers: try await compilers(of: wheel), source: job.input.name)
        }
        bench.noteRebuilt(flight)
        return wheel
      }
    }
  }

  /// A wheel that somebody has built elsewhere and brought.
  private func brought() async throws -> BuiltWheel? {
    let tags = SupportedTags(python: lock.python, platform: lock.platform, floor: lock.floor)
    return try await BuiltWheels(store: bench.artifacts)
      .brought(package.name, version: package.version, for: tags)
  }

  private func known(_ shelves: BuiltWheelShelves) async throws -> BuiltWheel? {
    if let wheel = try await shelves.wheel(), try await isByCurrentRust(wheel) { return wheel }
    return try await brought()
  }

  /// Whether the Rust that compiled it is this machine's; where there is none now, the wheel stays good.
  private func isByCurrentRust(_ wheel: BuiltWheel) async throws -> Bool {
    guard let rust = wheel.rust, let current = try await bench.compilers.rust() else { return true }
    return rust == current.identity
  }

  private func shelf(_ key: Digest) -> BuiltWheelShelf { BuiltWheelShelf(store: bench.artifacts, key: key) }

  private var settings: BuildSettings {
    let folder = bench.workspace.runenv(named: recipe.cell.base)?.directory ?? bench.workspace.root
    var settings = BuildSettings(
      recipe, package: package.name, version: package.version, packageRoot: folder)
    if case .revision = package.source, let version = package.version {
      // The history that these would read it from is not there.
      for name in ["SETUPTOOLS_SCM_PRETEND_VERSION", "PDM_BUILD_SCM_VERSION"] {
        settings.environment[name] = settings.environment[name] ?? version
      }
    }
    return settings
  }

  /// What the lock says to build with.
  var lockedBuild: LockedBuild? { lock.builds.first { $0.package == package.name } }

  /// What native code depends on besides the source: compiler, platform and floor.
  private func nativeKeyFields() async throws -> [String] {
    let floor = lock.floor ?? .standard(for: lock.platform)
    return [
      "native", lock.platform.description, floor?.description ?? "",
      try await bench.compilers.identity(for: lock.platform),
    ] + (lockedBuild?.targetKeyFields ?? [])
  }

  /// What the wheel is made from, by digest; of the folder that `{packageRoot}` stands for, only the path.
  ///
  /// uv is no part of it: it puts locked files into the environment of the build.
  private func key(
    for input: BuildInput, _ settings: BuildSettings, _ extra: [String]
  ) throws -> Digest {
    let fields = try settings.keyFields(of: package.name)
    return Digest.sha256(
      of: CanonicalJSON.array(
        ([
          Self.formatVersion, input.identity, lock.python.minorVersion, input.subdirectory ?? "",
        ] + fields + (lockedBuild?.keyFields ?? []) + extra).map(CanonicalJSON.string)))
  }

  func checkIdentity(of wheel: WheelFileName) throws(SourceBuildError) {
    // A file name may write the same version in another way: `1.0` for `1.0.0`.
    let isVersion = package.version.map {
      $0 == wheel.version || PackageVersion($0) == PackageVersion(wheel.version)
    }
    guard wheel.name == package.name, isVersion ?? true else {
      throw .otherPackage(package.name, version: package.version, wheel: wheel.text)
    }
  }

  /// Checks that the wheel is for the platform that it was built for, as its backend has it.
  func checkPlatform(of wheel: WheelFileName, _ platform: Platform) throws(SourceBuildError) {
    guard wheel.tags.allSatisfy({ $0.platform == "any" || platform.isMeant(by: $0.platform) }) else {
      throw .otherTarget(package.name, platform: platform, lock.python, wheel: wheel.text)
    }
  }

  /// Checks that the cell's Python takes the wheel, which was built for `platform`.
  func checkTags(of wheel: WheelFileName, _ platform: Platform) throws(SourceBuildError) {
    let tags = SupportedTags(python: lock.python, platform: platform, floor: lock.floor)
    guard platform != lock.platform || tags.rank(of: wheel) != nil else {
      throw .otherTarget(package.name, platform: platform, lock.python, wheel: wheel.text)
    }
  }

  /// Checks that the wheel fits the cell, too.
  private func located(_ wheel: BuiltWheel) async throws -> LocatedWheel {
    let fileName = try WheelFileName(parsing: wheel.fileName)
    try checkIdentity(of: fileName)
    let tags = SupportedTags(python: lock.python, platform: lock.platform, floor: lock.floor)
    guard tags.rank(of: fileName) != nil else {
      throw SourceBuildError.nativeCode(package.name, platform: lock.platform, wheel: wheel.fileName)
    }
    return LocatedWheel(
      digest: wheel.artifact.digest, fileName: fileName, sourceDigest: wheel.sourceDigest,
      recipe: wheel.recipe.map(asServedHere), compilers: try await compilers(of: wheel) + rust(of: wheel)
    ) { wheel.artifact }
  }

  /// A recipe that other cells, or another workspace, found elsewhere is named as it is here.
  private func asServedHere(_ record: BuildRecipeRecord) -> BuildRecipeRecord {
    guard let served = settings.recipe, served.digest == record.digest else { return record }
    return BuildRecipeRecord(reference: served.reference, digest: served.digest)
  }

  private func rust(of wheel: BuiltWheel) -> [String] {
    wheel.toolchain == nil ? [] : [wheel.rust].compactMap(\.self)
  }

  /// The compilers that the wheel's native code depends on, but for Rust's.
  private func compilers(of wheel: BuiltWheel) async throws -> [String] {
    guard let toolchain = wheel.toolchain else { return [] }
    let first = try await bench.compilers.identity(for: lock.platform)
    return first == Compilers.zig || !toolchain.hasPrefix("zig ") ? [first] : [first, Compilers.zig]
  }
}

extension Platform {
  /// Whether a wheel's platform tag is one of its system and machine, of whatever version.
  fileprivate func isMeant(by tag: String) -> Bool {
    let isARM = architecture == .aarch64
    switch operatingSystem {
    case .linux:
      return tag.contains(#/^(linux|manylinux|musllinux)/#) && tag.hasSuffix(isARM ? "_aarch64" : "_x86_64")
    case .macosx:
      let machines = ["_universal2"] + (isARM ? ["_arm64"] : ["_x86_64", "_intel", "_universal"])
      return tag.hasPrefix("macosx_") && machines.contains { tag.hasSuffix($0) }
    case .windows: return tag == (isARM ? "win_arm64" : "win_amd64")
    }
  }
}
