import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// A file that is being written, which gets its place when it is whole or goes when the value does.
///
/// It belongs to one thread at a time. Its name is its own, so that any number of processes may write drafts of
/// the same file.
final class DraftFile {
  let path: FilePath
  private let file: FileDescriptor
  private var isFinished = false

  init(in directory: FilePath) throws(FileError) {
    let name = "draft-" + String(UInt64.random(in: .min ... .max), radix: 16)
    path = directory.appending(name)
    do {
      file = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite)
    } catch {
      throw FileError(verb: "write", path: path, cause: error)
    }
  }

  deinit {
    // An unfinished draft is nobody's; what can't be removed is removed by the next prune.
    try? file.close()
    if !isFinished { unlink(path.string) }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    do {
      try file.writeAll(bytes)
    } catch {
      throw FileError(verb: "write", path: path, cause: error)
    }
  }

  /// Syncs the file and renames it to its place.
  func finish(at place: FilePath, permissions: mode_t = 0o644) throws(FileError) {
    try file.settle(from: path, at: place, permissions: permissions)
    isFinished = true
  }

  func finish(_ bytes: some Sequence<UInt8>, at place: FilePath) throws(FileError) {
    let bytes = Array(bytes)
    do {
      try file.writeAll(bytes)
    } catch {
      throw FileError(verb: "write", path: path, cause: error)
    }
    try finish(at: place)
  }
}

extension FileDescriptor {
  /// Syncs this open file, renames it and syncs the directory it is now in: from then on it survives a crash.
  ///
  /// What is checked before it is used need not: with `durably` false, nothing is synced.
  func settle(
    from path: FilePath, at place: FilePath, permissions: mode_t, durably: Bool = true
  ) throws(FileError) {
    guard fchmod(rawValue, permissions) == 0, !durably || fsync(rawValue) == 0,
      rename(path.string, place.string) == 0
    else { throw FileError(verb: "write", path: place, cause: Errno(rawValue: errno)) }
    guard durably else { return }
    // The file is there and whole; a directory that can't be synced costs at most fetching it again.
    guard
      let directory = try? FileDescriptor.open(
        place.removingLastComponent(), .readOnly, options: .closeOnExec)
    else { return }
    fsync(directory.rawValue)
    try? directory.close()
  }
}
