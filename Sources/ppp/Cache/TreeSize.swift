import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// How many files a directory holds, and their bytes; links are not followed, and nothing there is nothing.
func treeSize(_ path: FilePath, _ cancellation: Cancellation) throws -> (files: Int, bytes: Int64) {
  try cancellation.check()
  var status = stat()
  guard lstat(path.string, &status) == 0 else { return (0, 0) }
  guard status.st_mode & S_IFMT == S_IFDIR else { return (1, Int64(status.st_size)) }
  var total = (files: 0, bytes: Int64(0))
  for name in try listDirectory(path) {
    let part = try treeSize(path.appending(name), cancellation)
    total = (total.files + part.files, total.bytes + part.bytes)
  }
  return total
}
