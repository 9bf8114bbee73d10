/// A standard-library module that is left out unless asked for, because of the licence of what it loads.
///
/// docs/runtimes.md says more: `_dbm` loads Berkeley DB (Sleepycat licence), `readline` loads GNU Readline (GPL).
struct LicensedModule: Sendable {
  let name: String
  /// How the Debian packages of the library that it loads begin.
  let libraryPackage: String

  static let all = [
    LicensedModule(name: "_dbm", libraryPackage: "libdb5"),
    LicensedModule(name: "readline", libraryPackage: "libreadline"),
  ]

  /// Whether a `runtime.keep` pattern asks for it: `lib/python3.11/lib-dynload/readline.*`, say.
  func isKept(by patterns: [String]) -> Bool {
    patterns.contains { pattern in
      pattern.split(separator: "/").last.map { $0 == name || $0.hasPrefix("\(name).") } ?? false
    }
  }

  /// Whether this is the module's file in a standard library.
  func isModule(_ fileName: String) -> Bool {
    fileName.hasPrefix("\(name).") && (fileName.hasSuffix(".so") || fileName.hasSuffix(".pyd"))
  }
}
