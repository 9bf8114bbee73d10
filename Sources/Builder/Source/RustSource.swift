import Artifacts
import ConfigMerge
import Model
import SystemPackage
import Toolchains

/// What a package that is written in Rust is compiled with: this machine's Rust, and the crates that it names.
struct RustSource {
  let rust: Rust
  private let job: SourceJob
  private let tree: SourceTree

  /// - Throws: `SourceBuildError.rust` where there is no cargo, or none that compiles for the cell's platform.
  init(_ job: SourceJob, _ tree: SourceTree) async throws {
    guard let rust = try await job.bench.compilers.rust() else {
      throw SourceBuildError.rust(job.package.name, .noCargo)
    }
    let target = job.build.lock.platform.rustTarget ?? rust.host
    guard rust.hasLibrary(for: target) else {
      throw SourceBuildError.rust(job.package.name, .noLibrary(compiler: rust.identity, target: target))
    }
    self.rust = rust
    self.job = job
    self.tree = tree
  }

  /// zig in place of this machine's compiler.
  ///
  /// Rust's standard library takes the newest glibc that the linker offers, which is too new for the floor of nearly
  /// every platform. What needs libraries of this machine keeps its compiler.
  func linking(_ toolchain: Toolchain) async throws -> Toolchain {
    guard !toolchain.isZig, job.settings.systemRequires.isEmpty else { return toolchain }
    return try await job.bench.zig(for: toolchain.platform, floor: job.build.lock.floor)
  }

  /// Fetches the crates, and gives the toolchain with cargo.
  func equipping(
    _ toolchain: Toolchain, _ python: CrossPython?, in scratch: FilePath
  ) async throws -> Toolchain {
    let settings = try CargoSettings(in: tree.root.appending(".cargo"))
    let bench = job.bench
    let directory = scratch.appending("rust")
    let home = directory.appending("home")
    if !settings.bringsCrates {
      try await CrateFetch(
        rust: rust, package: job.package.name, variables: bench.variables,
        isOffline: bench.fetcher.settings.offline
      ).fetch(for: tree.top, into: home, in: scratch)
    }
    var own = try await bench.compilers.own()
    if own == nil { own = try await bench.zig(for: Platform.host ?? toolchain.platform, floor: nil) }
    return try toolchain.compilingRust(
      with: rust, own: own ?? toolchain, python: python,
      flags: settings.flags(for: toolchain.platform.rustTarget ?? rust.host), scratch: scratch,
      home: home, in: directory)
  }
}
