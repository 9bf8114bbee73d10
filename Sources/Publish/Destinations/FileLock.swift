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
      while try !file.takeLock(of: path) {
        try cancellation.check()
        usleep(10_000)
      }
      return try body()
    }
  }
}

extension FileDescriptor {
  /// Takes the open file's lock unless somebody else has it; whether it was had.
  func takeLock(of path: FilePath) throws(FileError) -> Bool {
    do { return try takeLock() } catch { throw FileError(verb: "lock", path: path, cause: error) }
  }
}
