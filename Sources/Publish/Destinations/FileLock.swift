import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Runs the body while no other process is in one for the same file, which is made for it and stays.
///
/// The lock is flock(2): the kernel lets go of it when a process dies.
func withFileLock<Value: Sendable>(
  at path: FilePath, _ body: @escaping @Sendable () throws -> Value
) async throws -> Value {
  try await blocking { cancellation in
    let file: FileDescriptor
    do {
      file = try FileDescriptor.open(
        path, .readWrite, options: [.create, .closeOnExec],
        permissions: [.ownerReadWrite, .groupReadWrite, .otherRead])
    } catch {
      throw FileError(verb: "write", path: path, cause: error)
    }
    return try file.closeAfter {
      while flock(file.rawValue, LOCK_EX | LOCK_NB) != 0 {
        guard errno == EWOULDBLOCK || errno == EINTR else {
          throw FileError(verb: "lock", path: path, cause: Errno(rawValue: errno))
        }
        try cancellation.check()
        usleep(10_000)
      }
      return try body()
    }
  }
}
