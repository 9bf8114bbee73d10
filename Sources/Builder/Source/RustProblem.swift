import Model

/// What keeps a package that is written in Rust from being built.
package enum RustProblem: Sendable, Hashable {
  case noCargo
  /// The compiler has no standard library for the target.
  case noLibrary(compiler: String, target: String)
  /// Nothing fixes the versions of its crates.
  case noLock
  /// Its crates can't be fetched; what cargo says.
  case crates(output: String)

  func description(of name: PackageName) -> String {
    switch self {
    case .noCargo: "'\(name)' is written in Rust, and this machine has no cargo"
    case .noLibrary(let compiler, let target):
      "'\(name)' is written in Rust, and \(compiler) has no standard library for \(target)"
    case .noLock:
      "the source of '\(name)' has no Cargo.lock, and nothing else fixes the versions of its crates"
    case .crates(let output): "the crates of '\(name)' are not to be had:\n\(output)"
    }
  }

  var hint: String {
    switch self {
    case .noCargo:
      "apt install cargo, or install Rust with rustup; one that is not on PATH is named by CARGO and RUSTC"
    case .noLibrary(_, let target):
      "run 'rustup target add \(target)'; of Debian's Rust it is in the package '\(Self.package(for: target))' ('dpkg --add-architecture')"
    case .noLock:
      "make one with 'cargo generate-lockfile' and add it to the source by a patch, in a recipe or rule"
    case .crates(let output):
      BuildFailure(log: Array(output.utf8)).advice
        ?? "cargo asks crates.io, or what your ~/.cargo/config.toml has in its place ('[source.crates-io]')"
    }
  }

  private static func package(for target: String) -> String {
    "libstd-rust-dev:\(target.hasPrefix("aarch64") ? "arm64" : "amd64")"
  }
}
