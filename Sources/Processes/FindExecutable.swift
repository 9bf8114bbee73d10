package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// The first file of that name in a search path (`PATH`'s value) that may be run, or nil.
///
/// Relative and empty entries are passed over: what runs must not depend on the directory one happens to be in.
package func findExecutable(_ name: String, in searchPath: String?) -> FilePath? {
  for entry in (searchPath ?? "").split(separator: ":") where entry.hasPrefix("/") {
    let candidate = FilePath(String(entry)).appending(name)
    var status = stat()
    if stat(candidate.string, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      access(candidate.string, X_OK) == 0
    {
      return candidate
    }
  }
  return nil
}
