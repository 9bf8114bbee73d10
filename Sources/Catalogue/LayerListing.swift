package import Model
package import SystemPackage

/// Lists what layers hold, for those who wait for it on a thread of their own; others ask the `Catalogue`.
///
/// It belongs to one thread at a time.
package struct LayerListing {
  private let statement: Statement

  /// Nil when there is no catalogue at `path`; it blocks.
  package init?(at path: FilePath) throws {
    guard let connection = try Database.openExisting(at: path) else { return nil }
    try self.init(connection)
  }

  init(_ connection: Connection) throws {
    statement = try connection.prepare(
      """
      SELECT path, layer_file.kind, layer_file.size, layer_file.digest, target
      FROM layer JOIN layer_file ON layer_file.layer = layer.id WHERE layer.digest = ? ORDER BY path
      """)
  }

  /// What a layer holds, sorted by path; nothing where it is not on record.
  package func files(of layer: Digest) throws -> [FileRecord] {
    try statement.rows(layer) { row in
      FileRecord(
        path: try row.next(), kind: try row.next(), size: try row.next(), digest: try row.next(),
        target: try row.next())
    }
  }
}
