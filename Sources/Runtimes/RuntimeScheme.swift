import Model

/// Where things are in an interpreter's prefix, once it is normalised.
struct RuntimeScheme: Sendable, Hashable {
  let python: PythonVersion
  let platform: Platform

  private var isWindows: Bool { platform.operatingSystem == .windows }

  /// The program: `bin/python3.13`, `python.exe`.
  var executable: String { isWindows ? "python.exe" : "bin/python\(python.minorVersion)" }

  /// `lib/python3.13`, `Lib`.
  var standardLibrary: String { isWindows ? "Lib" : "lib/python\(python.minorVersion)" }

  var sitePackages: String { "\(standardLibrary)/site-packages" }

  /// The header that says which version it is.
  var versionHeader: String {
    isWindows ? "include/patchlevel.h" : "include/python\(python.minorVersion)/patchlevel.h"
  }
}
