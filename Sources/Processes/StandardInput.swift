import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Gives the body a descriptor to read `bytes` from: a file that has no name any more.
///
/// It is a file and no pipe because writing to a pipe whose reader has ended raises SIGPIPE in this process.
func withStandardInput<Value>(
  _ bytes: [UInt8], _ body: (FileDescriptor) async throws -> Value
) async throws -> Value {
  let descriptor = try bytes.isEmpty ? openNothing() : unnamedFile(holding: bytes)
  do {
    let value = try await body(descriptor)
    try descriptor.close()
    return value
  } catch {
    // The body's error matters more than one from closing a file that was only read.
    try? descriptor.close()
    throw error
  }
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
