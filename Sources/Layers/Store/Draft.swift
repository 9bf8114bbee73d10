import CArchive
import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// A file that is being written, which gets its place when it is whole or goes when the value does.
///
/// Where the file system can, it has no name until then, so that even a killed process leaves nothing behind.
/// Files of the store are not synced: they are checked against a digest or a length before they are used, so that
/// after a crash of the machine a file that was lost is only made again. Bundles are, since nobody looks at them again.
final class Draft {
  let path: FilePath
  let file: FileDescriptor
  /// What errors name: the place where the file is to be, when that is known, means more than the draft.
  private let subject: FilePath
  private var isNamed: Bool

  init(in directory: FilePath, prefix: String = "", for place: FilePath? = nil) throws(FileError) {
    path = directory.appending(prefix + "draft-" + String(UInt64.random(in: .min ... .max), radix: 16))
    subject = place ?? path
    #if os(Linux)
    // It gets its name through /proc, which may not be there.
    let unnamed = access("/proc/self/fd", X_OK) == 0 ? carchive_open_unnamed(directory.string) : -1
    if unnamed >= 0 {
      file = FileDescriptor(rawValue: unnamed)
      isNamed = false
      return
    }
    #endif
    do {
      file = try FileDescriptor.open(
        path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite)
      isNamed = true
    } catch {
      throw FileError(verb: "write", path: subject, cause: error)
    }
  }

  deinit {
    // An unfinished draft is nobody's; what can't be removed goes with the next prune.
    try? file.close()
    if isNamed { unlink(path.string) }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    do {
      try file.writeAll(bytes)
    } catch {
      throw FileError(verb: "write", path: subject, cause: error)
    }
  }

  /// Appends up to `limit` bytes from the start of another file, and returns how many there were.
  func append(_ source: FileDescriptor, limit: Int64) throws(FileError) -> Int64 {
    do {
      return try file.append(source, limit: limit)
    } catch {
      throw FileError(verb: "write", path: subject, cause: error)
    }
  }

  /// Gives the file its place; `durably` when its content has to be on the disk before.
  func finish(at place: FilePath, permissions: mode_t, durably: Bool = false) throws(FileError) {
    guard !durably || fdatasync(file.rawValue) == 0 else {
      throw FileError(verb: "write", path: place, cause: Errno(rawValue: errno))
    }
    if !isNamed {
      let link = linkat(AT_FDCWD, "/proc/self/fd/\(file.rawValue)", AT_FDCWD, path.string, AT_SYMLINK_FOLLOW)
      guard link == 0 else { throw FileError(verb: "write", path: place, cause: Errno(rawValue: errno)) }
      isNamed = true
    }
    guard fchmod(file.rawValue, permissions) == 0, rename(path.string, place.string) == 0 else {
      throw FileError(verb: "write", path: place, cause: Errno(rawValue: errno))
    }
    isNamed = false
  }
}
