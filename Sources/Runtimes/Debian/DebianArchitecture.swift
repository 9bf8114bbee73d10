import Model

/// A Linux platform as Debian names it.
struct DebianArchitecture: Sendable, Hashable {
  /// Its name, `amd64`.
  let name: String
  /// `x86_64-linux-gnu`: where libraries are.
  let triplet: String
  /// The dynamic loader's file: `ld-linux-x86-64.so.2`.
  let loader: String

  /// nil for a platform that is not Linux.
  init?(_ platform: Platform) {
    switch platform {
    case .linuxX64:
      (name, triplet, loader) = ("amd64", "x86_64-linux-gnu", "ld-linux-x86-64.so.2")
    case .linuxAArch64:
      (name, triplet, loader) = ("arm64", "aarch64-linux-gnu", "ld-linux-aarch64.so.1")
    default: return nil
    }
  }
}
