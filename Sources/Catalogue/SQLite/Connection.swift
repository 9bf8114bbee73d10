import CSQLite
import Model
import SystemPackage

/// One open SQLite database; whoever owns it makes sure that one thread at a time uses it.
///
/// Opened without SQLite's own mutex, with a busy time-out of 30 seconds and foreign keys enforced.
final class Connection {
  enum Access {
    /// Made when it is not there.
    case create
    /// Has to be there already.
    case write
    /// For a directory that cannot be written: the write-ahead log that lies beside the file is read with it.
    case read
    /// As `read`, where there is no such log: nothing but the file itself is looked at.
    case readImmutable
  }

  let path: FilePath
  let handle: OpaquePointer

  /// - Throws: `CatalogueError` with SQLite's code, its message and the path.
  init(_ path: FilePath, access: Access) throws(CatalogueError) {
    self.path = path
    var handle: OpaquePointer?
    let code = sqlite3_open_v2(Self.uri(of: path, access: access), &handle, Self.flags(for: access), nil)
    guard code == SQLITE_OK, let handle else {
      let message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      // A failed open still returns a handle that has to be closed.
      sqlite3_close_v2(handle)
      throw CatalogueError(code: code, message: message, path: path)
    }
    self.handle = handle
    sqlite3_extended_result_codes(handle, 1)
    sqlite3_busy_timeout(handle, 30_000)
    try execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL")
  }

  deinit { sqlite3_close_v2(handle) }

  private static func flags(for access: Access) -> Int32 {
    let common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI
    return switch access {
    case .create: common | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    case .write: common | SQLITE_OPEN_READWRITE
    case .read, .readImmutable: common | SQLITE_OPEN_READONLY
    }
  }

  /// The file as a URI (<https://www.sqlite.org/uri.html>), every byte but plain ones escaped.
  private static func uri(of path: FilePath, access: Access) -> String {
    let plain = Set("/-_.~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
    let escaped = path.string.utf8.map { byte in
      plain.contains(byte) ? String(UnicodeScalar(byte)) : "%" + CollectionOfOne(byte).hexadecimal
    }
    return "file:" + escaped.joined() + (access == .readImmutable ? "?immutable=1" : "")
  }

  /// Runs statements that need no values and whose rows, if any, do not matter.
  func execute(_ sql: String) throws(CatalogueError) {
    try check(sqlite3_exec(handle, sql, nil, nil, nil))
  }

  /// Runs one statement with values for its `?`.
  func run<each Value: ColumnValue>(_ sql: String, _ values: repeat each Value) throws {
    try prepare(sql).run(repeat each values)
  }

  /// The rows of one query with values for its `?`.
  func rows<each Value: ColumnValue, Result>(
    _ sql: String, _ values: repeat each Value, read: (inout Row) throws -> Result
  ) throws -> [Result] {
    try prepare(sql).rows(repeat each values, read: read)
  }

  func prepare(_ sql: String) throws(CatalogueError) -> Statement { try Statement(sql, on: self) }

  /// Runs the body in one write transaction: all of it is in the file afterwards, or, when it throws, none of it.
  ///
  /// The write lock is taken at once, so that what the body reads stays true until it commits.
  func transaction<Result>(_ body: () throws -> Result) throws -> Result {
    try execute("BEGIN IMMEDIATE")
    do {
      let result = try body()
      try execute("COMMIT")
      return result
    } catch {
      // Some errors roll back by themselves; the first error is the one that says what happened.
      sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
      throw error
    }
  }

  /// Throws what SQLite says about `code`, unless it says that all is well.
  func check(_ code: Int32) throws(CatalogueError) {
    guard code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE else {
      throw CatalogueError(code: code, message: String(cString: sqlite3_errmsg(handle)), path: path)
    }
  }
}
