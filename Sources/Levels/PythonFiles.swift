import Layers
import Model
import Wheels

/// The Python files that an installed package has in site-packages, and what each of them is.
struct PythonFiles {
  enum Role: Hashable {
    /// It can be imported by a name that follows from its place.
    case module
    /// It can be imported, but may as well be data of the package around it: templates, examples.
    case inNoPackage
    /// No `import` statement can name it.
    case notNamedAsModule
    case tooLarge
  }

  struct File {
    /// Relative to the environment's prefix.
    let path: String
    let role: Role
  }

  /// Larger files are no code that people wrote, and would take gigabytes to compile.
  static let sizeLimit: Int64 = 32 << 20

  /// In the layer's order.
  let files: [File]

  init(_ entries: [LayerEntry], scheme: InstallScheme) {
    let root = scheme.sitePackages + "/"
    var packages: Set<Substring> = []
    for entry in entries where entry.path.hasPrefix(root) {
      guard let slash = entry.path.lastIndex(of: "/") else { continue }
      if entry.path[slash...].hasPrefix("/__init__.") { packages.insert(entry.path[..<slash]) }
    }
    files = entries.compactMap { entry in
      guard case .file(let size, _, _) = entry.kind, entry.path.hasPrefix(root), entry.path.hasSuffix(".py")
      else { return nil }
      let place = entry.path.dropFirst(root.count)
      let role: Role =
        size > Self.sizeLimit
        ? .tooLarge : Self.role(of: place, in: entry.path, below: root.count, packages: packages)
      return File(path: entry.path, role: role)
    }
  }

  private static func role(
    of place: Substring, in path: String, below root: Int, packages: Set<Substring>
  ) -> Role {
    let names = place.dropLast(3).split(separator: "/", omittingEmptySubsequences: false)
    guard names.allSatisfy(\.isIdentifier) else { return .notNamedAsModule }
    var isInPackage = false
    for name in names.dropLast() {
      let isPackage = packages.contains(path[..<name.endIndex])
      if isInPackage, !isPackage { return .inNoPackage }
      isInPackage = isPackage
    }
    return .module
  }
}

extension PythonFiles.File {
  /// Relative to site-packages: what tracebacks name.
  func place(in scheme: InstallScheme) -> String { scheme.recordPath(of: path) }
}

extension Substring {
  fileprivate var isIdentifier: Bool { wholeMatch(of: #/[\p{L}_][\p{L}\p{N}_]*/#) != nil }
}
