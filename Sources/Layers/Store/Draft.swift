import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// A file that is being written, which gets its place when it is whole and goes when the value does.
///
/// It is not synced: everything that is written through it is checked against a digest or a length before it is
/// used, so after a crash of the machine a file that was lost is only made again.
final class Draft {
  let path: FilePath
  let file: FileDescriptor
  private var isFinished = false

  init(in directory: FilePath, prefix: String = "") throws(FileError) {
    path = directory.appending(prefix + "draft-" + String(UInt64.random(in: .min ... .max), radix: 16))
    do {
      file = try FileDescriptor.open(
        path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite)
    } catch {
      throw FileError(verb: "write", path: path, cause: error)
    }
  }

  deinit {
    // An unfinished draft is nobody's; what can't be removed goes with the next prune.
    try? file.close()
    if !isFinished { unlink(path.string) }
  }

  func write(_ bytes: [UInt8]) throws(FileError) {
    do {
      try file.writeAll(bytes)
    } catch {
      throw FileError(verb: "write", path: path, cause: error)
    }
  }

  func finish(at place: FilePath, permissions: mode_t) throws(FileError) {
    guard fchmod(file.rawValue, permissions) == 0, rename(path.string, place.string) == 0 else {
      throw FileError(verb: "write", path: place, cause: Errno(rawValue: errno))
    }
    isFinished = true
  }
}
