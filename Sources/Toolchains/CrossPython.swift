package import Model
package import SystemPackage

/// The Python that extension modules are compiled for, when it can't be started here.
package struct CrossPython: Sendable, Hashable {
  package let version: PythonVersion
  package let platform: Platform
  /// The directory with its `Python.h` and `pyconfig.h`.
  package let include: FilePath
  /// The directory with `python3XX.lib`, which modules for Windows are linked with.
  package let libraries: FilePath?
  /// The directory that it is unpacked in; nil where only its headers are known.
  package let prefix: FilePath?

  package init(
    version: PythonVersion, platform: Platform, include: FilePath, libraries: FilePath? = nil,
    prefix: FilePath? = nil
  ) {
    self.version = version
    self.platform = platform
    self.include = include
    self.libraries = libraries
    self.prefix = prefix
  }

  private var digits: String { "\(version.major)\(version.minor)" }

  /// What stands in the names of its modules: `cpython-313-aarch64-linux-gnu`.
  var soabi: String {
    switch platform.operatingSystem {
    case .linux: "cpython-\(digits)-\(multiarch)"
    case .macosx: "cpython-\(digits)-darwin"
    case .windows: "cp\(digits)-\(platform.architecture == .x64 ? "win_amd64" : "win_arm64")"
    }
  }

  package var extensionSuffix: String {
    ".\(soabi)" + (platform.operatingSystem == .windows ? ".pyd" : ".so")
  }

  var multiarch: String {
    switch platform.operatingSystem {
    case .linux: "\(machine)-linux-gnu"
    case .macosx: "darwin"
    case .windows: ""
    }
  }

  /// What `platform.machine()` says there.
  var machine: String {
    switch (platform.operatingSystem, platform.architecture) {
    case (.windows, .x64): "AMD64"
    case (.windows, .aarch64): "ARM64"
    case (.macosx, .aarch64): "arm64"
    case (_, .x64): "x86_64"
    case (_, .aarch64): "aarch64"
    }
  }

  /// What `platform.system()` says there.
  var system: String {
    switch platform.operatingSystem {
    case .linux: "Linux"
    case .macosx: "Darwin"
    case .windows: "Windows"
    }
  }

  /// What `sys.platform` is there.
  var sysPlatform: String {
    switch platform.operatingSystem {
    case .linux: "linux"
    case .macosx: "darwin"
    case .windows: "win32"
    }
  }

  /// What `os.name` is there.
  var osName: String { platform.operatingSystem == .windows ? "nt" : "posix" }

  /// What `platform.release()` and `platform.version()` say on the oldest system that counts.
  ///
  /// They are empty for Linux, where this machine's are as good. Darwin's number is macOS's and 9 more since macOS 11,
  /// the minor one's and 4 more before.
  func release(floor: PlatformFloor?) -> (release: String, version: String) {
    switch platform.operatingSystem {
    case .linux: ("", "")
    case .macosx: floor.map { Self.darwin($0) } ?? ("20.0.0", "Darwin Kernel Version 20.0.0")
    case .windows: ("10", "10.0.17763")
    }
  }

  private static func darwin(_ floor: PlatformFloor) -> (release: String, version: String) {
    let release = "\(floor.major >= 11 ? floor.major + 9 : floor.minor + 4).0.0"
    return (release, "Darwin Kernel Version \(release)")
  }

  /// What `sysconfig.get_platform()` says there.
  func sysconfigPlatform(floor: PlatformFloor?) -> String {
    switch platform.operatingSystem {
    case .linux: "linux-\(machine)"
    case .macosx: "macosx-\(floor?.description ?? "11.0")-\(machine)"
    case .windows: platform.architecture == .x64 ? "win-amd64" : "win-arm64"
    }
  }
}
