import Catalogue
import Model
import SystemPackage
import Testing

@Suite struct QueryTests {
  @Test func `a catalogue that was never written is empty, and reading does not make it`() async throws {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      #expect(try await catalogue.summaries().isEmpty)
      #expect(try await catalogue.bundle(cell) == nil)
      try await catalogue.forget(cell)
      try await catalogue.prune(keeping: 0)
      let names = try listDirectory(path.removingLastComponent().removingLastComponent())
      #expect(names.isEmpty)
    }
  }

  @Test func `cells are listed by runenv, then by platform in ppp's order`() async throws {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      let cells = ["b@windows-x64", "b@linux-aarch64", "b@linux-x64", "a@windows-x64"]
      for name in cells { try await catalogue.record(try bundle(name)) { _ in files } }
      let listed = try await catalogue.summaries().map(\.cell.description)
      #expect(listed == ["a@windows-x64", "b@linux-x64", "b@linux-aarch64", "b@windows-x64"])
    }
  }

  @Test(arguments: [
    (BundleQuery(cells: ["a@*", "*@windows-*"]), ["a@linux-x64", "b@windows-x64"]),
    (BundleQuery(platforms: [.linuxX64]), ["a@linux-x64", "b@linux-x64"]),
    (BundleQuery(cells: ["b@*"], platforms: [.linuxX64]), ["b@linux-x64"]),
    (BundleQuery(verification: .failed), ["b@windows-x64"]),
    (BundleQuery(cells: ["nothing"]), []), (BundleQuery(cells: ["b@windows-x64"]), ["b@windows-x64"]),
    (BundleQuery(cells: ["[ac]@linux*", "?@windows-x64"]), ["a@linux-x64", "b@windows-x64"]),
    (BundleQuery(cells: ["a", "A@*"]), []),
  ])
  func `a query selects the cells that meet all of it`(query: BundleQuery, expected: [String]) async throws {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      let failed = VerificationRecord(checks: [CheckRecord(name: "starts", outcome: .failed)])
      try await catalogue.record(try bundle("a@linux-x64")) { _ in files }
      try await catalogue.record(try bundle("b@linux-x64")) { _ in files }
      try await catalogue.record(try bundle("b@windows-x64", verification: failed)) { _ in files }
      let listed = try await catalogue.bundles(matching: query).map(\.cell.description)
      #expect(listed == expected)
    }
  }

  @Test func `bundles are found by a package in them, however its name is spelled`() async throws {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      try await catalogue.record(try bundle("a@linux-x64")) { _ in files }
      let packages = [try package("Fa2_Modified", "0.4")]
      try await catalogue.record(try bundle("b@linux-x64", packages: packages)) { _ in files }
      let query = BundleQuery(package: try PackageName(parsing: "fa2-modified"))
      let found = try await catalogue.summaries(matching: query)
      #expect(found.map(\.runenv) == ["b"])
    }
  }

  @Test func `files are those of all layers, sorted by path, non-ASCII names and links included`()
    async throws
  {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      let listings = [
        digest(3): [
          FileRecord(path: "lib/é 模块.py", kind: .file, size: 1, digest: digest(0xa)),
          FileRecord(path: "lib", kind: .directory),
        ],
        digest(7): [FileRecord(path: "bin/python", kind: .symlink, target: "python3.13")],
      ]
      try await catalogue.record(try bundle(layers: [layer(3), layer(7)])) { listings[$0.digest] ?? [] }
      let found = try await catalogue.files(of: BundleReference(cell))
      #expect(found == [digest(7), digest(3)].flatMap { listings[$0]?.reversed() ?? [] })
    }
  }

  @Test func `a cell that is not on record is refused with the nearest that is`() async throws {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      try await catalogue.record(try bundle()) { _ in files }
      let wrong = BundleReference(try CellID(parsing: "python-3.31.5@linux-x64"))
      let error = await #expect(throws: CatalogueError.self) { try await catalogue.files(of: wrong) }
      #expect(error?.hint == "did you mean 'python-3.13.5@linux-x64'?")
    }
  }
}
