package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

extension FileDescriptor {
  /// Takes the open file's exclusive lock, flock(2), unless somebody else has it; whether it was had.
  ///
  /// The kernel lets go of it when the file is closed, also by a process that dies.
  package func takeLock() throws(Errno) -> Bool {
    guard flock(rawValue, LOCK_EX | LOCK_NB) != 0 else { return true }
    guard errno == EWOULDBLOCK || errno == EINTR else { throw Errno(rawValue: errno) }
    return false
  }
}
