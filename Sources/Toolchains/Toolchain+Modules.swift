import Model
package import SystemPackage

extension Toolchain {
  /// The program and arguments that compile one C file, relative to the directory that the compiler starts in, into an
  /// extension module: the same file gives the same bytes wherever `home` is.
  ///
  /// `python` is the Python of another platform, where the module is for one.
  package func moduleCommand(
    compiling source: FilePath, to library: FilePath, headers: FilePath, for python: CrossPython?,
    in home: FilePath
  ) -> [String] {
    var words = compiler
    words += [
      "-shared", "-O2", "-fwrapv", "-fno-strict-aliasing", "-DNDEBUG", "-w", "-s",
      "-ffile-prefix-map=\(home)=.", "-I", headers.string, "-o", library.string, source.string,
    ]
    switch platform.operatingSystem {
    case .linux: words += ["-fPIC", "-Wl,--build-id=none"]
    case .macosx: words += ["-fPIC", "-undefined", "dynamic_lookup"]
    case .windows:
      words.append("-DMS_WIN64")
      if let python, let libraries = python.libraries {
        words += ["-L", libraries.string, "-lpython\(python.version.major)\(python.version.minor)"]
      }
    }
    return words
  }

  /// `CC` is a program, or a program and what it is to be told.
  private var compiler: [String] {
    let text = environment["CC"] ?? "cc"
    guard FileStatus(of: FilePath(text)) == nil else { return [text] }
    return text.split(separator: " ").map(String.init)
  }
}
