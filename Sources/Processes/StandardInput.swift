import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// A descriptor to read `bytes` from, which its taker closes.
///
/// It belongs to a file that has no name any more; it is a file and no pipe because writing to a pipe whose reader has ended raises SIGPIPE in this process.
func standardInput(_ bytes: [UInt8]) throws(FileError) -> FileDescriptor {
  try bytes.isEmpty ? openNothing() : unnamedFile(holding: bytes)
}

private func openNothing() throws(FileError) -> FileDescriptor {
  do {
    return try FileDescriptor.open("/dev/null", .readOnly, options: .closeOnExec)
  } catch {
    throw FileError(verb: "open", path: "/dev/null", cause: error)
  }
}

private func unnamedFile(holding bytes: [UInt8]) throws(FileError) -> FileDescriptor {
  let directory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  var template = Array("\(directory)/ppp-input-XXXXXX".utf8CString)
  let number = mkstemp(&template)
  guard number >= 0 else {
    throw FileError(verb: "make a file in", path: FilePath(directory), cause: Errno(rawValue: errno))
  }
  unlink(template)
  _ = fcntl(number, F_SETFD, FD_CLOEXEC)
  let descriptor = FileDescriptor(rawValue: number)
  do {
    try descriptor.writeAll(bytes)
    try descriptor.seek(offset: 0, from: .start)
    return descriptor
  } catch {
    // The write's error is the one to tell.
    try? descriptor.close()
    throw FileError(verb: "write a file in", path: FilePath(directory), cause: error)
  }
}
