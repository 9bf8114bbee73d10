import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Keeps all others from changing a directory, for as long as the value lives.
///
/// It is flock(2) on `.ppp/lock`, which the kernel lets go of when a process dies.
final class EnvironmentLock: Sendable {
  private let file: FileDescriptor

  private init(_ file: FileDescriptor) { self.file = file }

  deinit {
    // Closing a lock file loses nothing.
    try? file.close()
  }

  /// Waits until nobody else has it; `onWait` is called once when that takes time.
  static func take(_ directory: EnvironmentDirectory, onWait: () -> Void) async throws -> EnvironmentLock {
    let path = directory.own.appending("lock")
    let lock: EnvironmentLock
    do {
      lock = EnvironmentLock(
        try FileDescriptor.open(
          path, .readWrite, options: [.create, .closeOnExec], permissions: .ownerReadWrite))
    } catch {
      throw FileError(verb: "lock", path: path, cause: error)
    }
    var hasWaited = false
    while try !lock.file.takeLock(of: path) {
      if !hasWaited { onWait() }
      hasWaited = true
      try await Task.sleep(for: .milliseconds(50))
    }
    return lock
  }
}
