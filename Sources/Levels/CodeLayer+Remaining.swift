package import Layers
import Model
package import Wheels

/// A Python file that is not what its package's level says, and why.
package struct RemainingSource: Sendable, Hashable {
  /// Relative to the environment's prefix.
  package let path: String
  package let reason: String
}

extension CodeForm {
  /// The files that a layer of this form has in another form, told from its list of files, sorted.
  ///
  /// Minifying leaves no trace to tell by.
  package func remaining(
    in entries: [LayerEntry], scheme: InstallScheme, cacheTag: String
  ) -> [RemainingSource] {
    guard level != .instant else { return [] }
    let paths = Set(entries.map(\.path))
    let natives = Set(
      level == .bytecode
        ? []
        : paths.compactMap { path in
          path.hasSuffix(".so") || path.hasSuffix(".pyd") ? path.moduleStem : nil
        })
    var found: [RemainingSource] = PythonFiles(entries, scheme: scheme).files.compactMap { file in
      let isCompiled = paths.contains(CodeRewriting.cachePath(of: file.path, tag: cacheTag))
      if natives.contains(file.path.moduleStem) { return nil }
      if keepsSources, isCompiled {
        return level == .bytecode || file.role != .module || !CodeLayer.isPlainModule(file.path)
          ? nil : RemainingSource(path: file.path, reason: Self.isByteCode)
      }
      let reason =
        switch file.role {
        case .notNamedAsModule: "it is not named as a module"
        case .tooLarge: "it is too large"
        case .inNoPackage where isCompiled: "its folder is no package"
        case .module, .inNoPackage: "it does not compile"
        }
      return RemainingSource(path: file.path, reason: reason)
    }
    if level != .bytecode, !keepsSources {
      for path in paths where path.hasPrefix(scheme.sitePackages + "/") && path.hasSuffix(".pyc") {
        guard !path.contains("/__pycache__/"), CodeLayer.isPlainModule(path) else { continue }
        found.append(RemainingSource(path: path, reason: Self.isByteCode))
      }
    }
    return found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private static let isByteCode = "it is byte code, for no native code can be made of it"
}

extension String {
  /// The path up to its file's first dot.
  fileprivate var moduleStem: Substring {
    let start = lastIndex(of: "/") ?? startIndex
    return self[..<(self[start...].firstIndex(of: ".") ?? endIndex)]
  }
}
