/// Which files of a package compilers and linkers read, told by their names.
enum CompileTimeFile {
  private static let headers: Set<Substring> = ["h", "hh", "hpp", "hxx", "h++", "inl", "ipp", "tcc"]
  private static let libraries: Set<Substring> = ["a", "lib", "pc"]
  /// Cython's, which say what is in headers.
  private static let declarations: Set<Substring> = ["pxd", "pxi"]

  /// Whether they read the file, and Python doesn't.
  static func isOne(_ path: String) -> Bool {
    let suffix = suffix(of: path)
    return headers.contains(suffix) || libraries.contains(suffix) || declarations.contains(suffix)
  }

  /// Whether the file is there for other packages to be compiled against: a library, or a header in a folder `include`.
  ///
  /// Programs such as CMake and Cython have headers elsewhere, as parts of what they write.
  static func isForOthers(_ path: String) -> Bool {
    let suffix = suffix(of: path)
    return libraries.contains(suffix)
      || headers.contains(suffix) && path.split(separator: "/").dropLast().contains("include")
  }

  private static func suffix(of path: String) -> Substring {
    let name = path.split(separator: "/").last ?? ""
    return name.lastIndex(of: ".").map { name[name.index(after: $0)...] } ?? ""
  }
}
