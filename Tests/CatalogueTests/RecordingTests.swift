import Catalogue
import Model
import Synchronization
import Testing

@Suite struct RecordingTests {
  @Test func `a bundle reads back as it was recorded, by another process too`() async throws {
    try await withCatalogue { path in
      let recorded = try bundle(
        omissions: [
          OmissionRecord(
            package: try PackageName(parsing: "igraph"), rule: .skip, reason: "no wheel for «linux»",
            position: SourcePosition(file: "shared-config.json", line: 3, column: 7)),
          OmissionRecord(package: try PackageName(parsing: "zlib-ng"), rule: .missing, reason: "none"),
        ],
        verification: VerificationRecord(checks: [
          CheckRecord(name: "starts", outcome: .passed),
          CheckRecord(name: "import numpy", outcome: .allowed, message: "needs a GPU"),
        ]))
      try await Catalogue(at: path).record(recorded) { _ in files }
      #expect(try await Catalogue(at: path).bundle(recorded.cell) == recorded)
    }
  }

  @Test func `a new bundle of a cell takes the place of the one before, which is history then`() async throws
  {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      let (old, new) = (try bundle(digest: digest(1)), try bundle(digest: digest(9)))
      try await catalogue.record(old) { _ in files }
      try await catalogue.record(new) { _ in files }
      #expect(try await catalogue.summaries().map(\.digest) == [new.digest])
      #expect(try await catalogue.history(of: old.cell).map(\.generation) == [2, 1])
      #expect(try await catalogue.bundle(BundleReference(old.cell, generation: 1)) == old)
    }
  }

  @Test func `the same bundle recorded again stays the same generation`() async throws {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      try await catalogue.record(try bundle(buildKey: digest(2))) { _ in files }
      try await catalogue.record(try bundle(buildKey: digest(3))) { _ in files }
      let history = try await catalogue.history(of: cell)
      #expect(history.map(\.generation) == [1])
      #expect(history.map(\.buildKey) == [digest(3)])
    }
  }

  @Test func `what a layer holds is asked for once`() async throws {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      let asked = Mutex<[Digest]>([])
      for name in ["a@linux-x64", "b@linux-x64"] {
        try await catalogue.record(try bundle(name, layers: [layer(3), layer(7)])) { layer in
          asked.withLock { $0.append(layer.digest) }
          return [FileRecord(path: "\(layer.digest.hex.prefix(2))", kind: .file)]
        }
      }
      #expect(asked.withLock { $0 } == [digest(3), digest(7)])
    }
  }

  @Test func `nothing is recorded when a layer's files cannot be read`() async throws {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      await #expect(throws: ParseError.self) {
        try await catalogue.record(try bundle()) { _ in [try FileRecord(path: unreadable(), kind: .file)] }
      }
      let summaries = try await catalogue.summaries()
      #expect(summaries.isEmpty)
    }
  }

  @Test func `nothing is recorded when a layer lists a path twice`() async throws {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      await #expect(throws: CatalogueError.self) {
        try await catalogue.record(try bundle()) { _ in files + files }
      }
      let summaries = try await catalogue.summaries()
      #expect(summaries.isEmpty)
      try await catalogue.record(try bundle()) { _ in files }
      #expect(try await catalogue.files(of: BundleReference(cell)).count == 2)
    }
  }

  @Test func `a verification belongs to the bundle it was made of`() async throws {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      let recorded = try bundle()
      let passed = VerificationRecord(checks: [CheckRecord(name: "starts", outcome: .passed)])
      try await catalogue.record(recorded) { _ in files }
      try await catalogue.record(passed, of: recorded.cell, digest: recorded.digest)
      #expect(try await catalogue.bundle(recorded.cell)?.verification == passed)
      await #expect(throws: CatalogueError.notRecorded(BundleReference(recorded.cell), near: nil)) {
        try await catalogue.record(passed, of: recorded.cell, digest: digest(99))
      }
    }
  }

  @Test func `a later verification replaces the one before`() async throws {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      let recorded = try bundle()
      let failed = VerificationRecord(checks: [
        CheckRecord(name: "import a", outcome: .failed, message: "no module"),
        CheckRecord(name: "import b", outcome: .passed),
      ])
      try await catalogue.record(recorded) { _ in files }
      try await catalogue.record(failed, of: recorded.cell, digest: recorded.digest)
      let passed = VerificationRecord(checks: [CheckRecord(name: "import a", outcome: .passed)])
      try await catalogue.record(passed, of: recorded.cell, digest: recorded.digest)
      #expect(try await catalogue.bundle(recorded.cell)?.verification == passed)
    }
  }

  @Test func `a bundle that is recorded again as it was stays verified`() async throws {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      let verification = VerificationRecord(checks: [CheckRecord(name: "starts", outcome: .passed)])
      try await catalogue.record(try bundle(verification: verification)) { _ in files }
      try await catalogue.record(try bundle()) { _ in files }
      #expect(try await catalogue.summaries().map(\.verification) == [.passed])
    }
  }

  @Test func `a bundle of another build key has to be verified again`() async throws {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      let verification = VerificationRecord(checks: [CheckRecord(name: "starts", outcome: .passed)])
      try await catalogue.record(try bundle(verification: verification)) { _ in files }
      try await catalogue.record(try bundle(buildKey: digest(77))) { _ in files }
      #expect(try await catalogue.summaries().map(\.verification) == [nil])
    }
  }

  @Test func `a forgotten cell's history is gone, and its generations are not used again`() async throws {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      let recorded = try bundle()
      try await catalogue.record(recorded) { _ in files }
      try await catalogue.forget(recorded.cell)
      #expect(try await catalogue.history(of: recorded.cell).isEmpty)
      try await catalogue.record(recorded) { _ in files }
      #expect(try await catalogue.history(of: recorded.cell).map(\.generation) == [2])
    }
  }

  @Test func `the recipe that a package was built by is kept with it`() async throws {
    try await withCatalogue { path in
      let recipe = BuildRecipeRecord(reference: "recipes/lightfm", digest: digest(9))
      let built = PackageRecord(
        name: try PackageName(parsing: "lightfm"), version: "1.17", artifact: nil, requested: true,
        recipe: recipe)
      let catalogue = Catalogue(at: path)
      try await catalogue.record(try bundle(packages: [built, package("numpy", "2.2.6")])) { _ in files }
      let found = try #require(try await catalogue.bundle(cell))
      #expect(found.packages.map(\.recipe) == [recipe, nil])
    }
  }

  @Test func `pruning keeps the current bundle and as much history as asked for`() async throws {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      for byte in UInt8(1)...5 {
        try await catalogue.record(try bundle(digest: digest(byte), layers: [layer(byte)])) { _ in files }
      }
      try await catalogue.prune(keeping: 1)
      #expect(try await catalogue.history(of: cell).map(\.generation) == [5, 4])
    }
  }
}

private func unreadable() throws(ParseError) -> String { throw ParseError(expected: "layer", text: "") }
