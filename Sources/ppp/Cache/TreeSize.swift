import Model
import SystemPackage

/// How many files a directory holds, and their bytes; links are not followed, and nothing there is nothing.
func treeSize(_ path: FilePath, _ cancellation: Cancellation) throws -> (files: Int, bytes: Int64) {
  try cancellation.check()
  guard let status = FileStatus(of: path, followingLinks: false) else { return (0, 0) }
  guard status.kind == .directory else { return (1, status.size) }
  var total = (files: 0, bytes: Int64(0))
  for name in try listDirectory(path) {
    let part = try treeSize(path.appending(name), cancellation)
    total = (total.files + part.files, total.bytes + part.bytes)
  }
  return total
}
