import Model

/// A release file of python-build-standalone, by its name
/// (https://gregoryszorc.com/docs/python-build-standalone/main/distributions.html).
struct StandaloneAsset: Hashable, Sendable {
  /// What a release's files are called for a platform: `x86_64-unknown-linux-gnu`.
  static func triple(_ platform: Platform) -> String {
    switch platform.operatingSystem {
    case .linux: "\(machine(platform))-unknown-linux-gnu"
    case .macosx: "\(machine(platform))-apple-darwin"
    case .windows: "\(machine(platform))-pc-windows-msvc"
    }
  }

  private static func machine(_ platform: Platform) -> String {
    platform.architecture == .x64 ? "x86_64" : "aarch64"
  }

  /// The names that would do, the better first: without debug symbols, and where there is no such file, with.
  static func names(python: PythonVersion, release: String, platform: Platform) -> [String] {
    ["install_only_stripped", "install_only"].map {
      "cpython-\(python)+\(release)-\(triple(platform))-\($0).tar.gz"
    }
  }

  /// The name as a part of a URL, as the release's own links write it.
  static func escaped(_ name: String) -> String { name.replacing("+", with: "%2B") }
}
