package import SystemPackage

/// The record of everything that was built in a workspace: a SQLite database, `.ppp/catalogue.sqlite`.
///
/// The file is opened at the first call and made by the first call that records something; until then the
/// catalogue is empty. Any number of processes may use one catalogue at once: a call sees either all or
/// nothing of what another records. A call waits up to 30 seconds for another writer.
///
/// Calls block a thread of the catalogue's own, never one of the tasks'.
package actor Catalogue {
  package nonisolated let path: FilePath
  private let executor = SerialQueueExecutor(label: "ppp.catalogue")
  private var connection: Connection?

  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  package init(at path: FilePath) { self.path = path }

  /// The catalogue's place in a workspace.
  package static func path(in workspace: FilePath) -> FilePath {
    workspace.appending(".ppp").appending("catalogue.sqlite")
  }

  /// The database for reading, or nil where nothing has been recorded yet.
  func existing() throws -> Connection? {
    if connection == nil { connection = try Database.openExisting(at: path) }
    return connection
  }

  /// The database for writing, made when it is not there.
  func opened() throws -> Connection {
    if let connection { return connection }
    let opened = try Database.open(at: path)
    connection = opened
    return opened
  }
}
