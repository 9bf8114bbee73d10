import Model

/// The names under which an environment's files can be found by what loads them.
struct LibraryIndex {
  private let paths: Set<String>
  private let names: Set<String>
  private let isCaseInsensitive: Bool

  init(_ inspection: Inspection, platform: Platform) {
    isCaseInsensitive = platform.operatingSystem == .windows
    // Those in wheels of a wheelhouse are not among the environment's own paths.
    let own = inspection.paths + inspection.nativeFiles.map(\.path)
    let all = isCaseInsensitive ? own.map { $0.lowercased() } : own
    paths = Set(all)
    names = Set(all.map { String($0.split(separator: "/").last ?? "") })
  }

  /// Whether a file of that name is anywhere in the environment.
  ///
  /// That suffices: packages load libraries of each other by name, after importing the one that has them, or add
  /// a directory to the search path when imported, as delvewheel's do.
  func contains(name: String) -> Bool {
    names.contains(isCaseInsensitive ? name.lowercased() : name)
  }

  /// Whether one of the search path's directories has that file; each may begin with `$ORIGIN` and the like.
  func contains(_ name: String, searchPath: [String], origin file: String) -> Bool {
    searchPath.contains { directory in
      resolve("\(directory)/\(name)", origin: file).map(paths.contains) ?? false
    }
  }

  /// Whether a name with `@loader_path/` or the like leads to a file of the environment.
  func contains(path: String, origin file: String) -> Bool {
    resolve(path, origin: file).map(paths.contains) ?? false
  }

  /// The path in the environment that a name with `$ORIGIN` or `@loader_path` means; nil for one that leads out.
  private func resolve(_ path: String, origin file: String) -> String? {
    var parts = path.split(separator: "/").map { String($0) }
    guard let first = parts.first else { return nil }
    switch first {
    case "$ORIGIN", "${ORIGIN}", "@loader_path":
      parts.removeFirst()
      parts = file.split(separator: "/").dropLast().map { String($0) } + parts
    case "@executable_path":
      parts[0] = "bin"
    default: return nil
    }
    var result: [String] = []
    for part in parts where part != "." {
      guard part == ".." else {
        result.append(part)
        continue
      }
      guard result.popLast() != nil else { return nil }
    }
    return result.joined(separator: "/")
  }
}
