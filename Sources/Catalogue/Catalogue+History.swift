import Model

extension Catalogue {
  /// Folds every bundle on record into `start`, one at a time, so that no more than one is in memory.
  ///
  /// They come in the order of their cells; of a cell, the current bundle comes first and the oldest last.
  package func reduce<Value: Sendable>(
    into start: Value, _ update: @Sendable (inout Value, NumberedBundle) throws -> Void
  ) throws -> Value {
    guard let connection = try existing() else { return start }
    let reader = try BundleReader(connection)
    var rows = try connection.rows(
      "SELECT runenv, platform, bundle.generation, bundle.id FROM cell JOIN bundle ON bundle.cell = cell.id"
    ) { row in
      (
        cell: CellID(runenv: try row.next(), platform: try row.next()),
        generation: try row.next(Int.self), id: try row.next(Int64.self)
      )
    }
    rows.sort { ($0.cell, $1.generation) < ($1.cell, $0.generation) }
    var value = start
    for row in rows {
      // Another process may have dropped it since.
      guard let bundle = try reader.read(row.id) else { continue }
      try update(&value, NumberedBundle(generation: row.generation, bundle: bundle))
    }
    return value
  }
}
