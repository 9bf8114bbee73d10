import Artifacts
package import Model
package import SystemPackage

extension LayerTable {
  /// Whether everything that the layer has is in the tree as it was unpacked; it blocks for the time of hashing it.
  package func isIntact(at root: FilePath, _ cancellation: Cancellation) throws -> Bool {
    for entry in entries {
      try cancellation.check()
      let path = FilePath("\(root.string)/\(entry.path)")
      let isThere =
        switch entry.kind {
        case .file: entry.isContent(of: path, cancellation)
        // What can't be read is not what it was.
        case .symlink(let target): (try? readLink(path)) == target
        case .directory: FileStatus(of: path, followingLinks: false)?.kind == .directory
        }
      if !isThere { return false }
    }
    return true
  }
}

extension LayerEntry {
  /// Whether it is the file at the path, by its content; one that can't be read is not.
  func isContent(of path: FilePath, _ cancellation: Cancellation) -> Bool {
    guard case .file(let size, let digest, let isExecutable) = kind,
      let status = FileStatus(of: path, followingLinks: false), status.kind == .file, status.size == size,
      status.isExecutable == isExecutable,
      let file = try? FileDescriptor.open(path, .readOnly, options: [.noFollow, .closeOnExec])
    else { return false }
    return (try? file.closeAfter { try file.digest(cancellation) }) == digest
  }
}
