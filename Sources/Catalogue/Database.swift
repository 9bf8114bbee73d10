import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Opens the catalogue's file: makes it, brings it to the current schema, refuses what it does not know.
enum Database {
  /// Opens the database at `path`, which is made, with its directory, when it is not there.
  ///
  /// A new one appears whole: it is made beside its place and linked there, so that of two processes that
  /// make it at once one wins and both use that one.
  static func open(at path: FilePath) throws -> Connection {
    if let connection = try openExisting(at: path) { return connection }
    try makeDirectory(path.removingLastComponent())
    try make(at: path)
    return try migrated(Connection(path, access: .write))
  }

  /// Opens the database at `path`, or returns nil when there is none.
  static func openExisting(at path: FilePath) throws -> Connection? {
    guard access(path.string, F_OK) == 0 else { return nil }
    let isWritable =
      access(path.string, W_OK) == 0 && access(path.removingLastComponent().string, W_OK) == 0
    return try migrated(Connection(path, access: isWritable ? .write : readAccess(to: path)))
  }

  /// How to read a database beside which no file can be made, as write-ahead logging would have it.
  ///
  /// See <https://www.sqlite.org/wal.html#readonly>.
  static func readAccess(to path: FilePath) -> Connection.Access {
    access(path.string + "-wal", F_OK) == 0 ? .read : .readImmutable
  }

  private static func make(at path: FilePath) throws {
    let name = path.lastComponent?.string ?? "catalogue.sqlite"
    var template = Array(path.removingLastComponent().appending(".\(name).XXXXXX").string.utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else { throw FileError(verb: "make", path: path, cause: Errno(rawValue: errno)) }
    let draft = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    defer { unlink(draft) }
    fchmod(file, 0o644)
    close(file)
    do {
      let connection = try Connection(FilePath(draft), access: .write)
      try connection.execute("PRAGMA journal_mode = WAL")
      _ = try migrated(connection)
    }
    guard link(draft, path.string) == 0 || errno == EEXIST else {
      throw FileError(verb: "make", path: path, cause: Errno(rawValue: errno))
    }
  }

  private static func migrated(_ connection: Connection) throws -> Connection {
    try checkIdentity(of: connection)
    if try version(of: connection) < Schema.version {
      try connection.transaction {
        // Another process may have done it while this one waited for the lock.
        for step in try version(of: connection)..<max(Schema.version, version(of: connection)) {
          try connection.execute(Schema.migrations[step])
        }
        try connection.execute(
          "PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = \(Schema.version)")
      }
    }
    return connection
  }

  private static func checkIdentity(of connection: Connection) throws {
    let application = try number("PRAGMA application_id", on: connection)
    let isEmpty = try number("SELECT count(*) FROM sqlite_schema", on: connection) == 0
    guard application == Schema.applicationID || isEmpty else {
      throw CatalogueError.foreign(path: connection.path)
    }
    let version = try version(of: connection)
    guard version <= Schema.version else {
      throw CatalogueError.newer(path: connection.path, version: version, known: Schema.version)
    }
  }

  private static func version(of connection: Connection) throws -> Int {
    try number("PRAGMA user_version", on: connection)
  }

  private static func number(_ sql: String, on connection: Connection) throws -> Int {
    try connection.rows(sql) { try $0.next(Int.self) }.first ?? 0
  }
}
