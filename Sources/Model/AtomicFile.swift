import Synchronization
package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Writes a file so that it appears whole or not at all: beside its place, synced, then renamed.
///
/// - Throws: `FileError` with the path and the system's reason; the unfinished file is removed.
package func writeAtomically(
  _ bytes: some Sequence<UInt8>, to path: FilePath,
  permissions: FilePermissions = [.ownerReadWrite, .groupRead, .otherRead]
) throws(FileError) {
  let number = draftCount.add(1, ordering: .relaxed).newValue
  let draft = path.removingLastComponent().appending(
    ".\(path.lastComponent?.string ?? "file").\(getpid()).\(number).tmp")
  do {
    let file = try FileDescriptor.open(
      draft, .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: permissions)
    do {
      try file.closeAfter {
        try file.writeAll(bytes)
        guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
      }
      guard rename(draft.string, path.string) == 0 else { throw Errno(rawValue: errno) }
    } catch {
      // The error that is thrown says what went wrong; a draft that can't be removed either adds nothing.
      unlink(draft.string)
      throw error
    }
  } catch {
    throw FileError(verb: "write", path: path, cause: error)
  }
}

/// Keeps drafts apart that one process writes for the same place at the same time.
private let draftCount = Atomic(0)

/// The bytes of a whole file.
package func readFile(_ path: FilePath) throws(FileError) -> [UInt8] {
  do {
    let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    return try file.closeAfter {
      let size = try file.seek(offset: 0, from: .end)
      try file.seek(offset: 0, from: .start)
      return try [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
        while count < buffer.count {
          let read = try file.read(
            into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...]))
          if read == 0 { break }
          count += read
        }
      }
    }
  } catch {
    throw FileError(verb: "read", path: path, cause: error)
  }
}

/// A file or directory that could not be read, written, made or removed.
package struct FileError: UserFacingError {
  /// The verb for what was tried, as in `read` or `write`.
  package let verb: String
  package let path: FilePath
  /// The system's error number, where the failure has one.
  package let code: Errno?
  private let reason: String

  package init(verb: String, path: FilePath, cause: any Error) {
    self.verb = verb
    self.path = path
    code = cause as? Errno
    reason = String(describing: cause)
  }

  package var description: String { "cannot \(verb) '\(path)': \(reason)" }

  package var hint: String? {
    switch code {
    case .noSpace: "free some space, or choose another place"
    case .readOnlyFileSystem, .permissionDenied, .notPermitted:
      "check the permissions of '\(path.removingLastComponent())'"
    default: nil
    }
  }
}
