import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// A path without symbolic links, as programs see their own.
func realPath(of path: FilePath) throws(FileError) -> FilePath {
  guard let resolved = realpath(path.string, nil) else {
    throw FileError(verb: "resolve", path: path, cause: Errno(rawValue: errno))
  }
  defer { free(resolved) }
  return FilePath(platformString: resolved)
}
