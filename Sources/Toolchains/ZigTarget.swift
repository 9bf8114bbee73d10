package import Model

/// What zig compiles for, in zig's words: `aarch64-linux-gnu.2.28`.
package struct ZigTarget: Sendable, Hashable {
  package let platform: Platform
  package let floor: PlatformFloor?

  /// A target at a platform's floor, its standard one when there is none.
  package init(_ platform: Platform, floor: PlatformFloor?) {
    self.platform = platform
    self.floor = floor ?? .standard(for: platform)
  }

  package var triple: String {
    let machine = platform.architecture == .x64 ? "x86_64" : "aarch64"
    switch platform.operatingSystem {
    case .linux: return "\(machine)-linux-gnu" + (floor.map { ".\($0)" } ?? "")
    case .macosx: return "\(machine)-macos" + (floor.map { ".\($0)" } ?? "")
    case .windows: return "\(machine)-windows-gnu"
    }
  }
}
