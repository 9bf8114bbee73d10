import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Puts a finished directory in a place where there may be a damaged one, or one that another process has just put
/// there: that one stays.
func replaceDirectory(
  _ place: FilePath, with draft: FilePath, unless isWhole: () -> Bool
) throws(FileError) {
  for _ in 0..<3 {
    if rename(draft.string, place.string) == 0 { return }
    guard errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR else { break }
    if isWhole() { return }
    try removeTree(place)
  }
  throw FileError(verb: "move a tool to", path: place, cause: Errno(rawValue: errno))
}
