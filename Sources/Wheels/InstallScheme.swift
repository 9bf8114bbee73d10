package import Model

/// Where the parts of a wheel go inside an environment's prefix.
///
/// Linux and macOS share one scheme, so that they share the layers of pure wheels too.
package struct InstallScheme: Hashable, Sendable {
  /// `posix-3.13` or `windows`: everything that two installations of one wheel can differ in.
  package let id: String
  /// As directories have it, `3.13`.
  package let pythonMinorVersion: String
  package let isWindows: Bool

  package init(python: PythonVersion, platform: Platform) {
    pythonMinorVersion = python.minorVersion
    isWindows = platform.operatingSystem == .windows
    // No path on Windows has the version in it.
    id = isWindows ? "windows" : "posix-\(pythonMinorVersion)"
  }

  /// `lib/python3.13/site-packages`, on Windows `Lib/site-packages`.
  package var sitePackages: String {
    isWindows ? "Lib/site-packages" : "lib/python\(pythonMinorVersion)/site-packages"
  }

  /// `bin`, on Windows `Scripts`.
  package var scripts: String { isWindows ? "Scripts" : "bin" }

  /// Where a package's C headers go: `include/python3.13/<name>`, on Windows `Include/<name>`.
  package func headers(of name: PackageName) -> String {
    isWindows ? "Include/\(name)" : "include/python\(pythonMinorVersion)/\(name)"
  }

  /// A path as RECORD writes it: relative to site-packages.
  package func recordPath(of path: String) -> String {
    let prefix = sitePackages + "/"
    if path.hasPrefix(prefix) { return String(path.dropFirst(prefix.count)) }
    let depth = sitePackages.split(separator: "/").count
    return String(repeating: "../", count: depth) + path
  }
}
