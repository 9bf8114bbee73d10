import CSQLite
import SystemPackage

/// One row of a query, read column by column from the left.
struct Row {
  let statement: OpaquePointer
  let path: FilePath
  private var index: Int32 = 0

  init(statement: OpaquePointer, path: FilePath) {
    self.statement = statement
    self.path = path
  }

  /// The next column as a `Value`.
  ///
  /// - Throws: `CatalogueError.damaged` when the column holds something else.
  mutating func next<Value: ColumnValue>(_ type: Value.Type = Value.self) throws -> Value {
    defer { index += 1 }
    let column = self[index]
    guard let value = Value(column: column) else {
      let name = String(cString: sqlite3_column_name(statement, index))
      throw CatalogueError.damaged(path: path, reason: "column '\(name)' holds \(column)")
    }
    return value
  }

  private subscript(index: Int32) -> Column {
    switch sqlite3_column_type(statement, index) {
    case SQLITE_NULL: return .null
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, index))
    default:
      // The bytes are SQLite's until the next step; the count is asked for after the text, as SQLite wants it.
      let bytes = sqlite3_column_text(statement, index)
      let count = Int(sqlite3_column_bytes(statement, index))
      return .text(String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self))
    }
  }
}
