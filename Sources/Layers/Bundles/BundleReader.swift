import Model
package import SystemPackage

/// Reads what a bundle says about itself, without unpacking it.
///
/// Nothing in the file is trusted: a table that does not fit the file is refused as a whole.
package struct BundleReader: Sendable {
  package let path: FilePath
  package let table: TableOfContents

  /// - Throws: `LayersError.malformedBundle`, or `FileError` when the file can't be read.
  package init(_ path: FilePath) throws {
    self.path = path
    table = try Self.withFile(path) { file in
      try BundleEnd.decode(file, size: try file.seek(offset: 0, from: .end), path: path)
    }
  }

  /// Every file of the bundle, in the archive's order; it blocks.
  package func entries() throws -> [LayerEntry] {
    try Self.withFile(path) { file in
      try table.layers.flatMap { layer in
        guard let table = try FileTable.read(from: file, at: layer.offset, size: layer.size) else {
          throw LayersError.malformedBundle(
            path, reason: "the file table of layer '\(layer.name)' is damaged")
        }
        return table.entries
      }
    }
  }

  private static func withFile<Value>(_ path: FilePath, _ body: (FileDescriptor) throws -> Value) throws
    -> Value
  {
    let file: FileDescriptor
    do {
      file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    } catch {
      throw FileError(verb: "read", path: path, cause: error)
    }
    return try file.closeAfter { try body(file) }
  }
}
