import Binaries
import Model

/// The libraries that every system of a platform has, so that no environment need bring them.
struct SystemLibraries {
  let platform: Platform
  let python: PythonVersion
  /// Whether the environment has its interpreter along; otherwise the user's brings Python's own library.
  let hasInterpreter: Bool

  func contains(_ name: String) -> Bool {
    switch platform.operatingSystem {
    case .linux: Self.manylinux.contains(name) || name == loader || isPython(name)
    case .macosx:
      name.hasPrefix("/usr/lib/") || name.hasPrefix("/System/Library/") || isPython(Self.lastPart(of: name))
    case .windows: isWindows(name.lowercased())
    }
  }

  private var loader: String {
    switch platform.architecture {
    case .x64: "ld-linux-x86-64.so.2"
    case .aarch64: "ld-linux-aarch64.so.1"
    }
  }

  /// Python's own library, under the names that extension modules know it by.
  private func isPython(_ name: String) -> Bool {
    guard !hasInterpreter else { return false }
    let version = python.minorVersion
    return [
      "libpython\(version).so.1.0", "libpython\(version).so", "libpython3.so", "libpython\(version).dylib",
      "libpython\(version)t.so.1.0", "libpython\(version)t.dylib",
    ].contains(name)
  }

  private func isWindows(_ name: String) -> Bool {
    WindowsLibraries.contains(name) || (!hasInterpreter && isWindowsPython(name))
  }

  private func isWindowsPython(_ name: String) -> Bool {
    let version = "\(python.major)\(python.minor)"
    return [
      "python3.dll", "python3t.dll", "python\(version).dll", "python\(version)t.dll", "vcruntime140.dll",
      "vcruntime140_1.dll",
    ].contains(name)
  }

  private static func lastPart(of path: String) -> String {
    String(path.split(separator: "/").last ?? "")
  }

  /// What [PEP 600](https://peps.python.org/pep-0600/)'s policies list: the C and C++ libraries, and what
  /// every desktop has.
  private static let manylinux: Set<String> = [
    "libatomic.so.1", "libgcc_s.so.1", "libstdc++.so.6", "libm.so.6", "libmvec.so.1", "libanl.so.1",
    "libdl.so.2", "librt.so.1", "libc.so.6", "libnsl.so.1", "libutil.so.1", "libpthread.so.0", "libX11.so.6",
    "libXext.so.6", "libXrender.so.1", "libICE.so.6", "libSM.so.6", "libGL.so.1", "libgobject-2.0.so.0",
    "libgthread-2.0.so.0", "libglib-2.0.so.0", "libresolv.so.2", "libexpat.so.1", "libz.so.1",
  ]
}

extension SymbolVersion {
  /// The C++ library that systems with a given C library have at least, by the policies of PEP 600.
  static func standardCxx(forGlibc floor: PlatformFloor) -> SymbolVersion {
    let versions: [(glibc: Int, cxx: SymbolVersion)] = [
      (39, SymbolVersion(3, 4, 33)), (35, SymbolVersion(3, 4, 30)), (34, SymbolVersion(3, 4, 29)),
      (31, SymbolVersion(3, 4, 28)), (26, SymbolVersion(3, 4, 24)), (24, SymbolVersion(3, 4, 22)),
      (17, SymbolVersion(3, 4, 19)), (12, SymbolVersion(3, 4, 13)),
    ]
    return versions.first { floor.major > 2 || floor.minor >= $0.glibc }?.cxx ?? SymbolVersion(3, 4, 8)
  }
}
