package import Model

/// The system that an image is for, as OCI names it.
package struct ImagePlatform: Hashable, Sendable, Codable {
  package let architecture: String
  package let os: String
  package var variant: String?

  package init(_ platform: Platform) {
    switch platform.architecture {
    case .x64: architecture = "amd64"
    case .aarch64: architecture = "arm64"
    }
    switch platform.operatingSystem {
    case .linux: os = "linux"
    case .macosx: os = "darwin"
    case .windows: os = "windows"
    }
  }
}
