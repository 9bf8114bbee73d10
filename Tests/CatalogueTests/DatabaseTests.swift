import Glibc
import Model
import SystemPackage
import Testing

@testable import Catalogue

@Suite struct DatabaseTests {
  @Test func `writers at once, each on its own connection, lose nothing`() async throws {
    try await withCatalogue { path in
      let cells = (0..<24).map { "runenv-\($0)@linux-x64" }
      _ = try await cells.concurrentMap(width: 8) { name in
        try await Catalogue(at: path).record(try bundle(name)) { _ in files }
      }
      let recorded = try await Catalogue(at: path).summaries().map(\.cell.description)
      #expect(recorded.sorted() == cells.sorted())
    }
  }

  @Test func `a writer that ends within its transaction leaves what was there`() async throws {
    try await withCatalogue { path in
      try await Catalogue(at: path).record(try bundle()) { _ in files }
      do {
        let connection = try Database.open(at: path)
        try connection.execute("BEGIN IMMEDIATE; DELETE FROM bundle; DELETE FROM layer_file")
      }
      let catalogue = Catalogue(at: path)
      #expect(try await catalogue.bundle(cell) == bundle())
      #expect(try await catalogue.files(of: BundleReference(cell)).count == 2)
    }
  }

  @Test func `a reader sees the former state while another writes`() async throws {
    try await withCatalogue { path in
      try await Catalogue(at: path).record(try bundle()) { _ in files }
      let writer = try Database.open(at: path)
      try writer.execute("BEGIN IMMEDIATE; DELETE FROM bundle")
      #expect(try await Catalogue(at: path).summaries().count == 1)
      try writer.execute("COMMIT")
      #expect(try await Catalogue(at: path).summaries().isEmpty)
    }
  }

  @Test func `recording what is there already writes nothing`() async throws {
    try await withCatalogue { path in
      try await Catalogue(at: path).record(try bundle()) { _ in files }
      let connection = try Database.open(at: path)
      let version = "PRAGMA data_version"
      let before = try connection.rows(version) { try $0.next(Int.self) }
      try await Catalogue(at: path).record(try bundle()) { _ in files }
      #expect(try connection.rows(version) { try $0.next(Int.self) } == before)
    }
  }

  @Test func `layers that nothing holds any more go with the last bundle`() async throws {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      try await catalogue.record(try bundle("a@linux-x64", layers: [layer(3), layer(4)])) { _ in files }
      try await catalogue.record(try bundle("b@linux-x64", layers: [layer(4)])) { _ in files }
      try await catalogue.forget(try CellID(parsing: "a@linux-x64"))
      let layers = try Database.open(at: path).rows("SELECT digest FROM layer") { try $0.next(Digest.self) }
      #expect(layers == [digest(4)])
    }
  }

  @Test func `nothing is left beside a database that was just made`() async throws {
    try await withCatalogue { path in
      try await Catalogue(at: path).record(try bundle()) { _ in files }
      let names = try listDirectory(path.removingLastComponent())
      #expect(names.filter { $0.hasPrefix(".") }.isEmpty)
    }
  }

  @Test(.enabled(if: getuid() != 0, "the superuser may write everywhere"))
  func `a catalogue in a directory that cannot be written can be read`() async throws {
    try await withCatalogue { path in
      try await Catalogue(at: path).record(try bundle()) { _ in files }
      chmod(path.removingLastComponent().string, 0o555)
      #expect(try await Catalogue(at: path).summaries().count == 1)
    }
  }

  @Test func `what can only be read is read with the log that a killed writer left`() async throws {
    try await withCatalogue { path in
      let writer = Catalogue(at: path)
      try await writer.record(try bundle()) { _ in files }
      for access in [Database.readAccess(to: path), .readImmutable] {
        let connection = try Connection(path, access: access)
        let count = try? connection.rows("SELECT count(*) FROM bundle") { try $0.next(Int.self) }
        #expect(count == (access == .read ? [1] : [0]))
      }
      #expect(try await writer.summaries().count == 1)
    }
  }

  @Test func `what can only be read is read without making a file beside it`() async throws {
    try await withCatalogue { path in
      try await Catalogue(at: path).record(try bundle()) { _ in files }
      let connection = try Connection(path, access: Database.readAccess(to: path))
      #expect(try connection.rows("SELECT count(*) FROM bundle") { try $0.next(Int.self) } == [1])
      #expect(try listDirectory(path.removingLastComponent()) == ["catalogue.sqlite"])
    }
  }

  @Test(.enabled(if: access("/usr/bin/sqlite3", X_OK) == 0, "needs sqlite3 (apt install sqlite3)"))
  func `sqlite3 finds the catalogue sound and reads it`() async throws {
    try await withCatalogue { path in
      try await Catalogue(at: path).record(try bundle()) { _ in files }
      #expect(try sqlite3(path, "PRAGMA integrity_check; PRAGMA foreign_key_check;") == "ok\n")
      let query = "SELECT runenv, platform, name, version FROM cell, bundle, package LIMIT 9;"
      #expect(try sqlite3(path, query) == "python-3.13.5|linux-x64|numpy|2.2.6\n")
    }
  }

  private func sqlite3(_ path: FilePath, _ sql: String) throws -> String {
    let pipe = try #require(popen("sqlite3 '\(path)' '\(sql)'", "r"))
    var output: [UInt8] = []
    while case let byte = fgetc(pipe), byte != EOF { output.append(UInt8(byte)) }
    #expect(pclose(pipe) == 0)
    return String(decoding: output, as: UTF8.self)
  }
}
