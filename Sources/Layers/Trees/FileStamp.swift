import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// What tells that a file of a tree is still as it was put there, so that it need not be hashed again.
///
/// The time of its last change of any kind (ctime, inode(7)) is among it, which no program can set: who writes to the
/// file and gives it its old time of modification back is noticed all the same. So is a name more or less.
package struct FileStamp: Sendable, Hashable {
  let inode: UInt64
  /// In bytes.
  let size: Int64
  /// Nanoseconds since 1970.
  let modified: Int64
  let changed: Int64
}

extension FileStamp {
  /// Of a regular file; nil for anything else, and where there is nothing.
  init?(of path: String, in tree: OpenDirectory) {
    var status = stat()
    guard fstatat(tree.number, path, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFREG
    else { return nil }
    self.init(status)
  }

  init(of file: FileDescriptor) throws(Errno) {
    var status = stat()
    guard fstat(file.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
    self.init(status)
  }

  private init(_ status: stat) {
    func nanoseconds(_ time: timespec) -> Int64 {
      Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    modified = nanoseconds(status.st_mtim)
    changed = nanoseconds(status.st_ctim)
  }

  /// Whether both are of one file, to which nothing was written between, whatever became of its names.
  func hasContent(of other: FileStamp) -> Bool {
    inode == other.inode && size == other.size && modified == other.modified
  }
}
