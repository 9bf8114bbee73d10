import Model

/// Where things are in an unpacked environment, by the bundle's layout (docs/formats.md).
struct EnvironmentLayout {
  let platform: Platform

  /// The C library that an environment brings along where its interpreter needs a newer one than the platform
  /// promises; everything in it is then started through the dynamic linker beside it.
  static let glibcDirectory = "lib/glibc"
  static let bundledGlibc = "\(glibcDirectory)/libc.so.6"

  var interpreter: String {
    platform.operatingSystem == .windows ? "python.exe" : "bin/python3"
  }

  func hasInterpreter(among paths: [String]) -> Bool { paths.contains(interpreter) }

  /// Whether Python or the dynamic linker takes a file of that name for one of this system.
  func loadsByName(_ path: String) -> Bool {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    return switch platform.operatingSystem {
    case .linux: name.hasSuffix(".so") || name.contains(".so.") || isProgram(path)
    case .macosx: name.hasSuffix(".so") || name.hasSuffix(".dylib") || isProgram(path)
    case .windows: name.hasSuffix(".pyd") || name.hasSuffix(".dll") || isProgram(path)
    }
  }

  /// Whether it is one of the environment's own commands.
  func isProgram(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    return switch platform.operatingSystem {
    case .linux, .macosx: parts.count == 2 && parts[0] == "bin"
    case .windows:
      path.lowercased().hasSuffix(".exe") && (parts.count == 1 || (parts.count == 2 && parts[0] == "Scripts"))
    }
  }

  /// Whether it belongs to the interpreter, which is started through a C library brought along.
  func isStartedByBundledLinker(_ path: String) -> Bool {
    path.hasPrefix("\(Self.glibcDirectory)/") || path.hasPrefix("bin/.python") || path.hasPrefix("bin/python")
  }
}
