package import Model
import Processes
package import SystemPackage

/// This machine's Rust: the compiler and cargo of one toolchain.
package struct Rust: Sendable, Hashable {
  package let cargo: FilePath
  package let rustc: FilePath
  /// What the compiler calls itself: `rustc 1.63.0 (4b91a6ea7 2022-08-08)`.
  package let identity: String
  /// What it calls this machine: `x86_64-unknown-linux-gnu`.
  package let host: String
  /// Where its standard libraries are.
  private let root: FilePath

  /// That of `CARGO` and `RUSTC`, else of `cargo` and `rustc` on PATH; nil when there is none that runs.
  ///
  /// Where those are rustup's, it is the toolchain that rustup picks: a build, which has a HOME of its own, could not
  /// ask rustup, and must not be made to fetch another toolchain by a `rust-toolchain.toml`.
  package static func find(in variables: [String: String]) async throws -> Rust? {
    func program(_ variable: String, _ name: String) -> FilePath? {
      guard let word = variables[variable] else { return findExecutable(name, in: variables["PATH"]) }
      return word.hasPrefix("/") ? FilePath(word) : findExecutable(word, in: variables["PATH"])
    }
    guard let rustc = program("RUSTC", "rustc"), let cargo = program("CARGO", "cargo"),
      let version = try await say(rustc, ["-vV"], variables),
      let root = try await say(rustc, ["--print", "sysroot"], variables).map({ FilePath(first(of: $0)) })
    else { return nil }
    let host = version.split(separator: "\n").first { $0.hasPrefix("host: ") }?.dropFirst(6)
    guard let host else { return nil }
    let own = root.appending("bin").string
    return Rust(
      cargo: variables["CARGO"] == nil ? findExecutable("cargo", in: own) ?? cargo : cargo,
      rustc: variables["RUSTC"] == nil ? findExecutable("rustc", in: own) ?? rustc : rustc,
      identity: first(of: version), host: String(host),
      root: root)
  }

  /// Whether the standard library for a target is there.
  package func hasLibrary(for target: String) -> Bool {
    let place = root.pushing(FilePath("lib/rustlib/\(target)/lib"))
    // No such directory: no library.
    return ((try? listDirectory(place)) ?? []).contains { $0.hasPrefix("libstd-") && $0.hasSuffix(".rlib") }
  }

  private static func first(of text: String) -> String { String(text.prefix { !$0.isNewline }) }

  private static func say(
    _ program: FilePath, _ arguments: [String], _ variables: [String: String]
  ) async throws -> String? {
    let kept = ["PATH", "HOME", "CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN"]
    return try await answer(
      of: program, to: arguments, environment: variables.filter { kept.contains($0.key) })
  }
}

extension Platform {
  /// What Rust calls it; nil for those that Rust is not compiled for here.
  package var rustTarget: String? {
    switch (operatingSystem, architecture) {
    case (.linux, .x64): "x86_64-unknown-linux-gnu"
    case (.linux, .aarch64): "aarch64-unknown-linux-gnu"
    case (.macosx, _), (.windows, _): nil
    }
  }
}
