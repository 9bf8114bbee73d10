import Model

extension LayerStore {
  /// Raised whenever leaving out files would give another layer.
  package static let omissionFormatVersion = 1

  /// The layer without some of its files: what a layer becomes in a bundle where others overwrite them.
  ///
  /// It is made once for equal paths, like any other layer. Paths that the layer does not have are ignored; if it
  /// has none of them it is returned as it is.
  package func omitting(_ paths: Set<String>, from layer: Layer, level: Int) async throws -> Layer {
    let present = try await blocking { _ in
      try entries(of: layer).filter { paths.contains($0.path) }.map(\.path)
    }
    guard !present.isEmpty else { return layer }
    var list = JSONText()
    for path in present.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      list.string(path)
      list.raw("\n")
    }
    let key = LayerKey(
      kind: "omission", version: Self.omissionFormatVersion,
      fields: [("layer", "\(layer.digest)"), ("level", "\(level)"), ("without", list.text)])
    return try await make(key, level: level, isCaseSensitive: true) { writer, cancellation in
      try verify(layer, cancellation)
      let omitted = Set(present)
      let reader = try reader(of: layer)
      while let entry = try reader.next() {
        try cancellation.check()
        guard let path = try entry.relativePath(), !omitted.contains(path) else { continue }
        try writer.add(entry, at: path, from: reader)
      }
    }
  }
}

extension LayerWriter {
  /// Adds an archive's current entry at a path of the caller's choice.
  package func add(_ entry: ArchiveEntry, at path: String, from reader: ArchiveReader) throws {
    switch entry.kind {
    case .file:
      guard let size = entry.size else {
        // Only zip archives that were written as a stream leave a size out, and their central directory has it.
        let bytes = try reader.readAll(limit: 1 << 30)
        try addFile(path, bytes: bytes, executable: entry.isExecutable)
        return
      }
      try addFile(path, size: size, executable: entry.isExecutable) { try reader.read($0) }
    case .directory: try addDirectory(path)
    case .symlink(let target): try addSymlink(path, target: target)
    case .hardlink(let target):
      throw LayersError.unsafeLink(path, target: target, reason: "layers have no hard links")
    }
  }
}
