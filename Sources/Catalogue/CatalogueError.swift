import CSQLite
import Model
package import SystemPackage

/// Why the catalogue could not be read or written.
package enum CatalogueError: UserFacingError, Equatable {
  /// SQLite failed: its extended result code (<https://www.sqlite.org/rescode.html>) and its message.
  case failed(path: FilePath, code: Int32, message: String)
  /// The file is not a database, or its content contradicts itself.
  case damaged(path: FilePath, reason: String)
  /// Made by a later ppp: the file's schema version, and the latest that this ppp knows.
  case newer(path: FilePath, version: Int, known: Int)
  /// A database of another program.
  case foreign(path: FilePath)
  /// The catalogue holds no such bundle; `near` is one that it does hold.
  case notRecorded(BundleReference, near: String?)

  init(code: Int32, message: String, path: FilePath) {
    switch code & 0xff {
    case SQLITE_CORRUPT, SQLITE_NOTADB:
      self = .damaged(path: path, reason: "\(message) (SQLite \(code))")
    default: self = .failed(path: path, code: code, message: message)
    }
  }

  package var description: String {
    switch self {
    case .failed(let path, let code, let message):
      "cannot use the catalogue '\(path)': \(message) (SQLite \(code))"
    case .damaged(let path, let reason): "the catalogue '\(path)' is damaged: \(reason)"
    case .newer(let path, let version, let known):
      "the catalogue '\(path)' has schema version \(version), and this ppp knows up to \(known)"
    case .foreign(let path): "'\(path)' is a database, but not a catalogue of ppp"
    case .notRecorded(let bundle, _): "the catalogue holds no bundle '\(bundle)'"
    }
  }

  package var hint: String? {
    switch self {
    case .damaged(let path, _): "delete '\(path)', then 'ppp build' makes it again"
    case .newer: "use the ppp that wrote it, or a later one"
    case .foreign(let path): "move '\(path)' away, then 'ppp build' makes a catalogue"
    case .notRecorded(_, let near?): "did you mean '\(near)'?"
    case .notRecorded(_, nil): "'ppp catalogue list' shows what there is"
    case .failed(let path, let code, _): Self.hint(for: code, at: path)
    }
  }

  private static func hint(for code: Int32, at path: FilePath) -> String? {
    switch code & 0xff {
    case SQLITE_BUSY, SQLITE_LOCKED: "another ppp is writing to it; try again when that has ended"
    case SQLITE_FULL: "free some space, then run the command again"
    case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH:
      "check the permissions of '\(path.removingLastComponent())'"
    case SQLITE_IOERR: "check the disk that '\(path.removingLastComponent())' is on, and its free space"
    default: nil
    }
  }
}
