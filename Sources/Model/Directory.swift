package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Makes a directory and those above it; one that is there already is fine.
package func makeDirectory(_ path: FilePath) throws(FileError) {
  if mkdir(path.string, 0o755) == 0 || errno == EEXIST { return }
  guard errno == ENOENT, !path.removingLastComponent().isEmpty else {
    throw FileError(verb: "make the directory", path: path, cause: Errno(rawValue: errno))
  }
  try makeDirectory(path.removingLastComponent())
  guard mkdir(path.string, 0o755) == 0 || errno == EEXIST else {
    throw FileError(verb: "make the directory", path: path, cause: Errno(rawValue: errno))
  }
}

/// Returns when the names in a directory are on the disk, so that files renamed into it survive a crash of the machine.
///
/// File systems that can't do that for a directory are taken as they are.
package func syncDirectory(_ path: FilePath) throws(FileError) {
  do {
    let directory = try FileDescriptor.open(path, .readOnly, options: [.directory, .closeOnExec])
    try directory.closeAfter {
      guard fsync(directory.rawValue) == 0 || errno == EINVAL || errno == ENOTSUP else {
        throw Errno(rawValue: errno)
      }
    }
  } catch {
    throw FileError(verb: "sync", path: path, cause: error)
  }
}

/// The names in a directory, sorted by their bytes, without `.` and `..`.
///
/// What is not UTF-8 in a name becomes U+FFFD.
package func listDirectory(_ path: FilePath) throws(FileError) -> [String] {
  try entries(of: path).map(\.string).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}

/// The names in a directory to the byte, in no order, without `.` and `..`.
private func entries(of path: FilePath) throws(FileError) -> [FilePath.Component] {
  guard let directory = path.withPlatformString({ opendir($0) }) else {
    throw FileError(verb: "list", path: path, cause: Errno(rawValue: errno))
  }
  defer { closedir(directory) }
  var names: [FilePath.Component] = []
  while let entry = readdir(directory) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
        FilePath.Component(platformString: $0)
      }
    }
    if let name, name.kind == .regular { names.append(name) }
  }
  return names
}

/// Removes a file, or a directory with all that is in it; symbolic links are removed, not followed.
///
/// What is not there is fine. Directories without write permission are made writable first.
package func removeTree(_ path: FilePath) throws(FileError) {
  var status = stat()
  guard path.withPlatformString({ lstat($0, &status) }) == 0 else {
    if errno == ENOENT { return }
    throw FileError(verb: "remove", path: path, cause: Errno(rawValue: errno))
  }
  if status.st_mode & S_IFMT == S_IFDIR {
    if status.st_mode & 0o700 != 0o700 { _ = path.withPlatformString { chmod($0, 0o700) } }
    for name in try entries(of: path) { try removeTree(path.appending(name)) }
  }
  guard path.withPlatformString({ remove($0) }) == 0 || errno == ENOENT else {
    throw FileError(verb: "remove", path: path, cause: Errno(rawValue: errno))
  }
}

/// Gives the body a new directory that goes with the scope, however the scope ends.
package func withTemporaryDirectory<Value>(
  in parent: FilePath, prefix: String = "ppp-", _ body: (FilePath) async throws -> Value
) async throws -> Value {
  try makeDirectory(parent)
  var template = Array(parent.appending(prefix + "XXXXXX").string.utf8CString)
  guard mkdtemp(&template) != nil else {
    throw FileError(verb: "make a temporary directory in", path: parent, cause: Errno(rawValue: errno))
  }
  let directory = FilePath(
    template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" })
  // The body's result or error matters more than a directory that can't be removed.
  defer { try? removeTree(directory) }
  return try await body(directory)
}
