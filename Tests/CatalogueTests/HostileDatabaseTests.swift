import Glibc
import Model
import SystemPackage
import Testing

@testable import Catalogue

@Suite struct HostileDatabaseTests {
  @Test func `a file that is no database is refused, with its name and what to do`() async throws {
    try await withCatalogue { path in
      try makeDirectory(path.removingLastComponent())
      try writeAtomically(Array(repeating: UInt8(ascii: "x"), count: 8_192), to: path)
      let error = await #expect(throws: CatalogueError.self) { try await Catalogue(at: path).summaries() }
      #expect(error?.description.contains("'\(path)' is damaged") == true)
      #expect(error?.hint == "delete '\(path)', then 'ppp build' makes it again")
    }
  }

  @Test func `a truncated database is refused`() async throws {
    try await withCatalogue { path in
      try await Catalogue(at: path).record(try bundle()) { _ in files }
      let bytes = try readFile(path)
      try writeAtomically(bytes.prefix(bytes.count / 2), to: path)
      await #expect(throws: CatalogueError.self) { try await Catalogue(at: path).bundles() }
    }
  }

  @Test func `a database with overwritten pages is refused`() async throws {
    try await withCatalogue { path in
      try await Catalogue(at: path).record(try bundle()) { _ in files }
      let bytes = try readFile(path)
      let garbage = [UInt8](repeating: 0xff, count: bytes.count - 4_096)
      try writeAtomically(bytes.prefix(4_096) + garbage, to: path)
      let error = await #expect(throws: CatalogueError.self) { try await Catalogue(at: path).bundles() }
      guard case .damaged = error else {
        Issue.record("\(error as Any)")
        return
      }
    }
  }

  @Test func `a value that cannot be is refused, with its column`() async throws {
    try await withCatalogue { path in
      try await Catalogue(at: path).record(try bundle()) { _ in files }
      try Database.open(at: path).execute("UPDATE cell SET platform = 'amiga-m68k'")
      let error = await #expect(throws: CatalogueError.self) { try await Catalogue(at: path).summaries() }
      #expect(error?.description.hasSuffix("column 'platform' holds 'amiga-m68k'") == true)
    }
  }

  @Test func `a database of a newer ppp is refused and left as it is`() async throws {
    try await withCatalogue { path in
      try await Catalogue(at: path).record(try bundle()) { _ in files }
      try Database.open(at: path).execute("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)")
      let newer = CatalogueError.newer(path: path, version: 99, known: Schema.version)
      await #expect(throws: newer) { try await Catalogue(at: path).summaries() }
      await #expect(throws: newer) { try await Catalogue(at: path).record(bundle()) { _ in files } }
    }
  }

  @Test func `a database of another program is refused and left as it is`() async throws {
    try await withCatalogue { path in
      try makeDirectory(path.removingLastComponent())
      let other = try Connection(path, access: .create)
      try other.execute("CREATE TABLE theirs (a)")
      let foreign = CatalogueError.foreign(path: path)
      await #expect(throws: foreign) { try await Catalogue(at: path).record(bundle()) { _ in files } }
      #expect(try other.rows("SELECT count(*) FROM sqlite_schema") { try $0.next(Int.self) } == [1])
    }
  }

  @Test func `an empty file becomes a catalogue`() async throws {
    try await withCatalogue { path in
      try makeDirectory(path.removingLastComponent())
      try writeAtomically([], to: path)
      try await Catalogue(at: path).record(try bundle()) { _ in files }
      #expect(try await Catalogue(at: path).summaries().count == 1)
    }
  }

  @Test func `a full database says so and records nothing`() async throws {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      try await catalogue.record(try bundle("a@linux-x64")) { _ in files }
      try await catalogue.limitPages(to: 60)
      let many = (0..<5_000).map { FileRecord(path: "lib/\($0)", kind: .file, digest: digest(1)) }
      let error = await #expect(throws: CatalogueError.self) {
        try await catalogue.record(try bundle("b@linux-x64", layers: [layer(8)])) { _ in many }
      }
      #expect(error?.hint == "free some space, then run the command again")
      #expect(try await catalogue.summaries().count == 1)
    }
  }

  @Test func `a path where a directory is in the way is refused`() async throws {
    try await withCatalogue { path in
      try makeDirectory(path)
      let error = await #expect(throws: CatalogueError.self) { try await Catalogue(at: path).summaries() }
      #expect(error?.description.contains(path.string) == true)
    }
  }

  @Test func `names are data, never SQL`() async throws {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      let name = "'; DROP TABLE cell; --\" 名\u{0}x@linux-x64"
      try await catalogue.record(try bundle(name)) { _ in files }
      #expect(try await catalogue.summaries().map(\.cell.description) == [name])
    }
  }
}

extension Catalogue {
  /// Makes the database full at this many pages.
  fileprivate func limitPages(to count: Int) throws {
    try opened().execute("PRAGMA max_page_count = \(count)")
  }
}
