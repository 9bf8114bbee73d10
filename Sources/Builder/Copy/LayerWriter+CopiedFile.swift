import Artifacts
import Layers
import Model
import SystemPackage

extension LayerWriter {
  /// Adds a copied file, a piece at a time.
  ///
  /// - Throws: `CopyError.changed` when it is not what it was when the build was planned, and `FileError`.
  func add(_ file: CopiedFile) throws {
    switch file.content {
    case .symlink(let target):
      try addSymlink(file.path, target: target)
    case .file(let digest, let size, let isExecutable):
      do {
        let written = try addFile(file.path, size: size, executable: isExecutable) { write in
          let descriptor = try FileDescriptor.open(file.source, .readOnly, options: .closeOnExec)
          try descriptor.closeAfter { try descriptor.readPieces(write) }
        }
        guard written == digest else { throw CopyError.changed(file.source) }
      } catch LayersError.wrongSize {
        throw CopyError.changed(file.source)
      } catch let error as Errno {
        throw FileError(verb: "copy", path: file.source, cause: error)
      }
    }
  }
}
