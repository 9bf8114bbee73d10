package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Where the cache is.
package enum CachePaths {
  /// `PPP_CACHE_DIR`, else `ppp` in `XDG_CACHE_HOME`, else `~/.cache/ppp`.
  ///
  /// A relative `PPP_CACHE_DIR` counts from the working directory; a relative `XDG_CACHE_HOME` is ignored, as
  /// the [XDG base directory specification](https://specifications.freedesktop.org/basedir-spec/latest/) says.
  package static func standard(environment: [String: String]) -> FilePath {
    if let given = environment["PPP_CACHE_DIR"], !given.isEmpty {
      let path = FilePath(given)
      return path.isAbsolute ? path : workingDirectory.pushing(path).lexicallyNormalized()
    }
    if let base = environment["XDG_CACHE_HOME"], FilePath(base).isAbsolute {
      return FilePath(base).appending("ppp")
    }
    return home(environment).appending(".cache").appending("ppp")
  }

  /// The user's home directory: `HOME` where that is absolute, else as the system has it on record.
  package static func home(_ environment: [String: String]) -> FilePath {
    if let home = environment["HOME"], FilePath(home).isAbsolute { return FilePath(home) }
    guard let record = getpwuid(getuid()), let directory = record.pointee.pw_dir else {
      return "/var/tmp"
    }
    return FilePath(String(cString: directory))
  }

  private static var workingDirectory: FilePath {
    guard let name = getcwd(nil, 0) else { return "/" }
    defer { free(name) }
    return FilePath(String(cString: name))
  }
}
