import CSQLite

/// A prepared statement, to be run any number of times.
final class Statement {
  private let connection: Connection
  private let handle: OpaquePointer

  init(_ sql: String, on connection: Connection) throws(CatalogueError) {
    self.connection = connection
    var handle: OpaquePointer?
    try connection.check(sqlite3_prepare_v2(connection.handle, sql, -1, &handle, nil))
    guard let handle else { preconditionFailure("an empty SQL statement") }
    self.handle = handle
  }

  deinit { sqlite3_finalize(handle) }

  /// Runs the statement with these values for its `?`, in order.
  func run<each Value: ColumnValue>(_ values: repeat each Value) throws {
    defer { sqlite3_reset(handle) }
    try bind(columns(repeat each values))
    var code = sqlite3_step(handle)
    while code == SQLITE_ROW { code = sqlite3_step(handle) }
    try connection.check(code)
  }

  /// What `read` makes of each row, with these values for the `?`.
  func rows<each Value: ColumnValue, Result>(
    _ values: repeat each Value, read: (inout Row) throws -> Result
  ) throws -> [Result] {
    try rows(binding: columns(repeat each values), read: read)
  }

  /// What `read` makes of each row, with as many values as the statement has `?`.
  func rows<Result>(binding values: [Column], read: (inout Row) throws -> Result) throws -> [Result] {
    defer { sqlite3_reset(handle) }
    try bind(values)
    var results: [Result] = []
    while true {
      let code = sqlite3_step(handle)
      guard code == SQLITE_ROW else {
        try connection.check(code)
        return results
      }
      var row = Row(statement: handle, path: connection.path)
      results.append(try read(&row))
    }
  }

  private func columns<each Value: ColumnValue>(_ values: repeat each Value) -> [Column] {
    var columns: [Column] = []
    for value in repeat each values { columns.append(value.column) }
    return columns
  }

  private func bind(_ values: [Column]) throws(CatalogueError) {
    precondition(values.count == Int(sqlite3_bind_parameter_count(handle)), "a value for every '?'")
    for (index, value) in zip(Int32(1)..., values) {
      let code =
        switch value {
        case .integer(let number): sqlite3_bind_int64(handle, index, number)
        case .text(var text):
          text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
              csqlite_bind_text(handle, index, $0.baseAddress, Int32($0.count))
            }
          }
        case .null: sqlite3_bind_null(handle, index)
        }
      try connection.check(code)
    }
  }
}
