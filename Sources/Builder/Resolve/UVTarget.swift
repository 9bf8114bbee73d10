import Model

/// The platform of a resolution in uv's words.
struct UVTarget: Hashable, Sendable {
  /// The value of `--python-platform`.
  let name: String
  /// What must be in uv's environment beside it.
  let environment: [String: String]

  /// The glibc versions that uv has names for.
  private static let glibcMinors = [17, 28] + Array(31...40)

  /// The target whose wheels run on `platform` from `floor` on.
  ///
  /// Where uv has no name for a glibc version the next older one is taken, which has fewer wheels but no wrong
  /// ones; below 2.17 it has none, and the wheels picked are checked afterwards like all others.
  init(platform: Platform, floor: PlatformFloor?) {
    let floor = floor ?? .standard(for: platform) ?? PlatformFloor(0, 0)
    switch platform.operatingSystem {
    case .linux:
      let machine = platform.architecture == .x64 ? "x86_64" : "aarch64"
      let minor = floor.major > 2 ? 40 : Self.glibcMinors.last { $0 <= floor.minor } ?? 17
      name = "\(machine)-manylinux_2_\(minor)"
      environment = [:]
    case .macosx:
      name = platform.architecture == .x64 ? "x86_64-apple-darwin" : "aarch64-apple-darwin"
      environment = ["MACOSX_DEPLOYMENT_TARGET": floor.description]
    case .windows:
      name = platform.architecture == .x64 ? "x86_64-pc-windows-msvc" : "aarch64-pc-windows-msvc"
      environment = [:]
    }
  }
}
