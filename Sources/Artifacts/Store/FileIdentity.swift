package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// What tells that a file is still the one that was looked at, so that its bytes need not be read again.
package struct FileIdentity: Hashable, Sendable {
  let device: UInt
  let inode: UInt
  package let size: Int64
  /// When it was last written or marked as used, in seconds since 1970.
  let seconds: Int
  let nanoseconds: Int
  /// The permission bits.
  let permissions: mode_t

  /// The regular file at a path; nil when there is none.
  init?(at path: FilePath) {
    var status = stat()
    guard stat(path.string, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else { return nil }
    self.init(status)
  }

  package init(of file: FileDescriptor) throws {
    var status = stat()
    guard fstat(file.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
    self.init(status)
  }

  private init(_ status: stat) {
    device = UInt(status.st_dev)
    inode = UInt(status.st_ino)
    size = Int64(status.st_size)
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
    permissions = status.st_mode & 0o7777
  }

  /// Whether both are the same file, whatever was written to it between.
  func isSameFile(as other: FileIdentity) -> Bool { device == other.device && inode == other.inode }
}
