import Model
import Synchronization
package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

extension ArchiveReader {
  /// Tells apart the temporary files of one process.
  private static let serial = Atomic(0)

  /// Opens the current entry as an archive of its own: a wheel in a wheelhouse.
  ///
  /// The content goes through a file in `scratch`, which has no name any more on return and goes with the reader.
  package func nested(in scratch: FilePath) throws -> ArchiveReader {
    try makeDirectory(scratch)
    let path = scratch.appending("nested-\(getpid())-\(Self.serial.add(1, ordering: .relaxed).newValue)")
    defer { unlink(path.string) }
    do {
      let file = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite)
      try file.closeAfter { try read { _ = try file.writeAll($0) } }
    } catch let error as Errno {
      throw FileError(verb: "write", path: path, cause: error)
    }
    return try ArchiveReader(verifiedFileAt: path, limits: .standard)
  }
}
