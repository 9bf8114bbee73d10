package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// A directory that is kept open, so that what lies below it is reached without the way to it, openat(2).
package final class OpenDirectory: Sendable {
  package let path: FilePath
  private let file: FileDescriptor

  var number: Int32 { file.rawValue }

  package init(_ path: FilePath) throws(Errno) {
    self.path = path
    let number = path.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard number >= 0 else { throw Errno(rawValue: errno) }
    file = FileDescriptor(rawValue: number)
  }

  deinit {
    // Closing a directory loses nothing.
    try? file.close()
  }
}
