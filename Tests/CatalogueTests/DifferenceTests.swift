import Catalogue
import Model
import Testing

@Suite struct DifferenceTests {
  private let old = BundleReference(cell, generation: 1)
  private let new = BundleReference(cell, generation: 2)

  @Test func `packages are added, removed and changed`() async throws {
    let difference = try await difference(
      from: try bundle(
        digest: digest(1), packages: [package("a", "1"), package("b", "1"), package("c", "1")]),
      to: try bundle(digest: digest(2), packages: [package("b", "2"), package("c", "1"), package("d", "1")]))
    let changes = difference.packages.map { "\($0.name) \($0.old ?? "-") \($0.new ?? "-")" }
    #expect(changes == ["a 1 -", "b 1 2", "d - 1"])
  }

  @Test func `files are added, removed and changed, with their sizes`() async throws {
    let difference = try await difference(
      from: try bundle(digest: digest(1), layers: [layer(3)]),
      to: try bundle(digest: digest(2), layers: [layer(4)])
    ) { layer in
      layer.digest == digest(3)
        ? [file("gone", 1, 1), file("same", 2, 2), file("touched", 3, 3)]
        : [file("come", 4, 4), file("same", 2, 2), file("touched", 5, 5)]
    }
    let changes = difference.files.map { ($0.path, $0.old?.size, $0.new?.size) }
    #expect(changes.map(\.0) == ["come", "gone", "touched"])
    #expect(changes.map(\.1) == [nil, 1, 3])
    #expect(changes.map(\.2) == [4, nil, 5])
  }

  @Test func `a file that became executable has changed`() async throws {
    let difference = try await difference(
      from: try bundle(digest: digest(1), layers: [layer(3)]),
      to: try bundle(digest: digest(2), layers: [layer(4)])
    ) { layer in
      [FileRecord(path: "a", kind: layer.digest == digest(3) ? .file : .executable, digest: digest(9))]
    }
    #expect(difference.files.map(\.path) == ["a"])
  }

  @Test func `shared layers are told from those an update has to fetch`() async throws {
    let difference = try await difference(
      from: try bundle(digest: digest(1), layers: [layer(3), layer(4)]),
      to: try bundle(digest: digest(2), layers: [layer(5), layer(4)])
    ) { [file($0.digest.hex, 1, 1)] }
    #expect(difference.sharedLayers.map(\.digest) == [digest(4)])
    #expect(difference.removedLayers.map(\.digest) == [digest(3)])
    #expect(difference.addedLayers.map(\.digest) == [digest(5)])
    #expect(difference.files.count == 2)
  }

  @Test func `a bundle does not differ from itself`() async throws {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      try await catalogue.record(try bundle()) { _ in files }
      let difference = try await catalogue.difference(from: BundleReference(cell), to: old)
      #expect(difference.isEmpty)
      #expect(difference.sizeDelta == 0)
    }
  }

  @Test func `a bundle that is not on record is refused`() async throws {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      try await catalogue.record(try bundle()) { _ in files }
      await #expect(throws: CatalogueError.notRecorded(new, near: nil)) {
        try await catalogue.difference(from: old, to: new)
      }
    }
  }

  private func file(_ path: String, _ size: Int64, _ content: UInt8) -> FileRecord {
    FileRecord(path: path, kind: .file, size: size, digest: digest(content))
  }

  private func difference(
    from before: BundleRecord, to after: BundleRecord,
    files: @Sendable (LayerRecord) throws -> [FileRecord] = { _ in files }
  ) async throws -> BundleDifference {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      try await catalogue.record(before, files: files)
      try await catalogue.record(after, files: files)
      return try await catalogue.difference(from: old, to: new)
    }
  }
}
