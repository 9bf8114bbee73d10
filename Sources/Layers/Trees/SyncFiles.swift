import CArchive
package import Model
package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Returns when everything that was written below a directory is on the disk; it blocks.
///
/// So a crash of the machine leaves no damaged tree under the name of a whole one.
package func syncFiles(below directory: FilePath) throws(FileError) {
  do {
    let file = try FileDescriptor.open(directory, .readOnly, options: [.directory, .closeOnExec])
    try file.closeAfter {
      #if os(Linux)
      guard syncfs(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
      #else
      sync()
      #endif
    }
  } catch {
    throw FileError(verb: "sync", path: directory, cause: error)
  }
}
