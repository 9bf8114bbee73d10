package import Model
import Synchronization
package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Who uses a cache directory: any number of processes that read and add, or one that removes.
///
/// A process that uses the cache holds the lock shared from its first use on for as long as the value lives, so
/// that what it has found stays where it is. Removing takes the lock for itself, and fails when others hold it.
/// The lock is flock(2) on the file `lock` in the cache directory; the kernel lets go of it when a process dies.
package final class CacheLock: Sendable {
  private let path: FilePath
  private let held = Mutex<FileDescriptor?>(nil)

  package init(cache: FilePath) { path = cache.appending("lock") }

  deinit {
    // Closing a lock file loses nothing.
    held.withLock { try? $0?.close() }
  }

  /// Holds the lock shared from now on, waiting while another process removes.
  ///
  /// It blocks. In a cache that this process can't write, nothing is held: it could not take part in a removal either.
  package func share() throws(FileError) {
    do {
      try held.withLock { held in
        guard held == nil else { return }
        guard let file = try openFile() else { return }
        guard flock(file.rawValue, LOCK_SH) == 0 else { throw Errno(rawValue: errno) }
        held = file
      }
    } catch {
      throw FileError(verb: "lock", path: path, cause: error)
    }
  }

  /// Runs the body while nobody else uses the cache, then holds the lock as before.
  ///
  /// It blocks.
  ///
  /// - Throws: `ArtifactError.cacheInUse` when another process (or another lock in this one) uses the cache,
  ///   and whatever the body throws.
  package func withExclusive<Value: Sendable>(_ body: @Sendable () throws -> Value) throws -> Value {
    try held.withLock { held in
      if let file = held {
        defer { flock(file.rawValue, LOCK_SH) }
        return try run(body, holding: file)
      }
      guard let file = try openFile() else {
        throw FileError(verb: "lock", path: path, cause: Errno.permissionDenied)
      }
      return try file.closeAfter { try run(body, holding: file) }
    }
  }

  private func run<Value: Sendable>(_ body: @Sendable () throws -> Value, holding file: FileDescriptor) throws
    -> Value
  {
    guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 else {
      let code = Errno(rawValue: errno)
      if code == .wouldBlock { throw ArtifactError.cacheInUse(path.removingLastComponent()) }
      throw FileError(verb: "lock", path: path, cause: code)
    }
    return try body()
  }

  private func openFile() throws -> FileDescriptor? {
    do {
      return try FileDescriptor.open(
        path, .readWrite, options: [.create, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
    } catch Errno.permissionDenied, Errno.readOnlyFileSystem, Errno.noSuchFileOrDirectory {
      return nil
    }
  }
}
