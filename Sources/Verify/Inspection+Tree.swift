import Binaries
package import Model
package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

extension Inspection {
  /// Looks at every file under a directory; symbolic links are listed, not followed.
  ///
  /// - Throws: `FileError` for what cannot be read, `CancellationError`.
  package init(tree root: FilePath, cancellation: Cancellation) throws {
    self.init()
    try add("", in: root, cancellation)
  }

  private mutating func add(_ directory: String, in root: FilePath, _ cancellation: Cancellation) throws {
    try cancellation.check()
    for name in try listDirectory(directory.isEmpty ? root : root.appending(directory)) {
      let path = directory.isEmpty ? name : "\(directory)/\(name)"
      let file = root.appending(path)
      var status = stat()
      guard lstat(file.string, &status) == 0 else {
        throw FileError(verb: "inspect", path: file, cause: Errno(rawValue: errno))
      }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: try add(path, in: root, cancellation)
      case S_IFREG:
        paths.append(path)
        let native = try InspectedFile(path: path) { try NativeFile.inspect(file) }
        if let native { nativeFiles.append(native) }
      default: paths.append(path)
      }
    }
  }
}
