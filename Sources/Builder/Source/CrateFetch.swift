import Model
import Processes
import SystemPackage
import Toolchains

#if canImport(Glibc)
import Glibc
#endif

/// Fetches the crates that a source's `Cargo.lock` names, before the build, which has no network.
///
/// Each is checked by its digest in `Cargo.lock`. cargo runs as the user would run it: with the user's registries,
/// credentials and downloads, but not from the source's folder, where a configuration could name programs to run.
struct CrateFetch {
  let rust: Rust
  let package: PackageName
  /// The user's environment.
  let variables: [String: String]
  let isOffline: Bool

  /// Makes `home` a home for cargo in which it finds the crates of `source` without network.
  ///
  /// Nothing else of the user's is in it. Both are below `scratch`.
  ///
  /// - Throws: `SourceBuildError.rust`.
  func fetch(for source: FilePath, into home: FilePath, in scratch: FilePath) async throws {
    var manifests = try CargoManifests(below: source)
    if manifests.locked.isEmpty, let manifest = manifests.first {
      try await lock(manifest, in: scratch)
      manifests = try CargoManifests(below: source)
    }
    for manifest in manifests.locked {
      let result = try await run(cargo(["fetch", "--locked", "--manifest-path", manifest.string], network))
      guard result.succeeded else {
        let output = result.timedOut ? "it took longer than 10 minutes" : result.tail(lines: 20)
        throw SourceBuildError.rust(package, .crates(output: output))
      }
    }
    guard let usersHome else { return }
    try makeDirectory(home)
    let sources = try CargoSettings(in: usersHome).sources
    try writeAtomically(Array(sources.utf8), to: home.appending("config.toml"))
    for name in ["registry", "git"] where FileStatus(of: usersHome.appending(name)) != nil {
      let place = home.appending(name)
      guard symlink(usersHome.appending(name).string, place.string) == 0 else {
        throw FileError(verb: "make", path: place, cause: Errno(rawValue: errno))
      }
    }
  }

  /// Without registries a lock can be made only of what the source has itself, which is always the same.
  private func lock(_ manifest: FilePath, in scratch: FilePath) async throws {
    let command = cargo(
      ["generate-lockfile", "--offline", "--manifest-path", manifest.string],
      ["CARGO_HOME": scratch.appending("no-registries").string])
    let confinement = try await Confinement.strongest(searchPath: variables["PATH"])
    let result = try await run(confinement.confining(command, writable: [scratch]))
    guard result.succeeded else { throw SourceBuildError.rust(package, .noLock) }
  }

  private func cargo(_ arguments: [String], _ own: [String: String]) -> Command {
    let fixed = [
      "PATH": variables["PATH"] ?? "/usr/bin:/bin", "RUSTC": rust.rustc.string, "RUSTC_WRAPPER": "",
      "CARGO_TERM_COLOR": "never", "LC_ALL": "C.UTF-8", "GIT_TERMINAL_PROMPT": "0",
    ]
    return Command(
      rust.cargo, arguments, environment: own.merging(fixed) { $1 }, workingDirectory: "/",
      timeout: .seconds(600), overflow: .keepEnds)
  }

  private var usersHome: FilePath? {
    variables["CARGO_HOME"].map { FilePath($0) } ?? variables["HOME"].map { FilePath($0).appending(".cargo") }
  }

  /// What of the user's environment says how to reach registries.
  private var network: [String: String] {
    let prefixes = ["CARGO_HOME", "CARGO_HTTP_", "CARGO_NET_", "CARGO_REGISTR"]
    let names = UVEnvironment.network + ["HOME", "SSH_AUTH_SOCK", "GIT_SSH_COMMAND", "GIT_SSL_CAINFO"]
    var kept = variables.filter { key, _ in names.contains(key) || prefixes.contains { key.hasPrefix($0) } }
    kept["CARGO_HTTP_CAINFO"] =
      kept["CARGO_HTTP_CAINFO"] ?? variables["SSL_CERT_FILE"] ?? variables["CURL_CA_BUNDLE"]
    if isOffline { kept["CARGO_NET_OFFLINE"] = "true" }
    return kept
  }
}
