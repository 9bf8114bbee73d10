import Model
import SystemPackage

/// What is taken out of every interpreter: what nobody ships with an environment.
///
/// Test packages, compiled caches, static libraries and objects, debug symbols of Windows, the packages that some
/// providers install beforehand (`ensurepip` stays), and modules whose libraries have licences that bind
/// (`LicensedModule`). `runtime.keep` keeps any of it.
struct Stripping: Sendable {
  let scheme: RuntimeScheme
  private let kept: [Glob]
  private let keep: [String]

  /// - Throws: `ParseError` when a pattern of `keep` is none; they are of the kind `Glob.Subject.path`.
  init(scheme: RuntimeScheme, keep: [String]) throws {
    self.scheme = scheme
    self.keep = keep
    kept = try keep.map { try Glob(parsing: $0, matching: .path) }
  }

  /// Removes it from a tree; directories that are empty then go too.
  func apply(to tree: RuntimeTree) throws {
    for entry in try tree.entries() where isUnwanted(entry.path) && !isKept(entry.path) {
      switch entry.kind {
      case .directory: break
      case .file, .symlink: try removeTree(tree.path(entry.path))
      }
    }
    try tree.removeEmptyDirectories(except: [scheme.sitePackages])
  }

  func isKept(_ path: String) -> Bool { kept.contains { $0.matches(path) } }

  func isUnwanted(_ path: String) -> Bool {
    let parts = path.split(separator: "/").map { String($0) }
    guard let name = parts.last else { return false }
    if parts.contains("__pycache__") || name.hasSuffix(".a") || name.hasSuffix(".pdb") { return true }
    if path.hasPrefix("\(scheme.sitePackages)/") { return true }
    if parts.count == 2, ["bin", "Scripts"].contains(parts[0]), Self.isPreinstalledScript(name) {
      return true
    }
    guard path.hasPrefix("\(scheme.standardLibrary)/") || path.hasPrefix("DLLs/") else { return false }
    if name.hasSuffix(".o"), parts.contains(where: { $0.hasPrefix("config-") }) { return true }
    if LicensedModule.all.contains(where: { $0.isModule(name) && !$0.isKept(by: keep) }) { return true }
    return !Set(parts.dropLast()).isDisjoint(with: ["test", "tests", "idle_test"])
  }

  private static func isPreinstalledScript(_ name: String) -> Bool {
    name.wholeMatch(of: #/(pip|wheel|easy_install)[0-9.]*(\.exe)?/#) != nil
  }
}
