import Artifacts
import Model
import SystemPackage

/// A bundle that is being read, with its digest.
final class OpenBundle {
  let file: FileDescriptor
  let table: TableOfContents
  let facts: PatchTable.Bundle

  /// It takes as long as hashing the file.
  init(_ path: FilePath, _ cancellation: Cancellation) throws {
    table = try BundleReader(path).table
    do {
      file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    } catch {
      throw FileError(verb: "read", path: path, cause: error)
    }
    let size = try file.seek(offset: 0, from: .end)
    facts = PatchTable.Bundle(digest: try file.digest(cancellation), size: size)
  }

  deinit {
    // Closing a file that was only read loses nothing.
    try? file.close()
  }
}

extension Draft {
  /// Forgets what was written behind this many bytes.
  func cut(to size: Int64) throws(FileError) {
    do {
      try file.resize(to: size)
      try file.seek(offset: size, from: .start)
    } catch {
      throw FileError(verb: "write", path: path, cause: error)
    }
  }
}
