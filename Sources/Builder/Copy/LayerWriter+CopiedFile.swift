import Layers
import Model

extension LayerWriter {
  /// Adds a copied file.
  ///
  /// - Throws: `BuilderError.fileChanged` when it is not what it was when the build was planned.
  func add(_ file: CopiedFile) throws {
    switch file.content {
    case .symlink(let target):
      try addSymlink(file.path, target: target)
    case .file(let digest, _, let isExecutable):
      let written = try addFile(file.path, bytes: readFile(file.source), executable: isExecutable)
      guard written == digest else { throw CopyError.changed(file.source) }
    }
  }
}
