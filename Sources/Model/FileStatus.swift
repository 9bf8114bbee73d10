package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// What stat(2) tells of a file.
package struct FileStatus: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case file
    case directory
    case symlink
    case other
  }

  package let kind: Kind
  /// In bytes.
  package let size: Int64
  /// Whether anybody may run it, or enter it.
  package let isExecutable: Bool

  /// Nil when there is nothing at the path.
  package init?(of path: FilePath, followingLinks: Bool = true) {
    var status = stat()
    guard (followingLinks ? stat(path.string, &status) : lstat(path.string, &status)) == 0 else { return nil }
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      case S_IFLNK: .symlink
      default: .other
      }
    size = Int64(status.st_size)
    isExecutable = status.st_mode & 0o111 != 0
  }
}

/// The path without symbolic links, as programs see their own.
package func realPath(_ path: FilePath) throws(FileError) -> FilePath {
  guard let resolved = realpath(path.string, nil) else {
    throw FileError(verb: "resolve", path: path, cause: Errno(rawValue: errno))
  }
  defer { free(resolved) }
  return FilePath(platformString: resolved)
}

/// What a symbolic link holds.
package func readLink(_ path: FilePath) throws(FileError) -> String {
  var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
  guard readlink(path.string, &buffer, Int(PATH_MAX)) >= 0 else {
    throw FileError(verb: "read the link", path: path, cause: Errno(rawValue: errno))
  }
  return buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
}
