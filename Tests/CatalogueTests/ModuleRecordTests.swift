import FoundationEssentials
import Model
import Testing

@testable import Catalogue

@Suite struct ModuleRecordTests {
  private func module(_ name: String, _ version: String = "1.0.0") throws -> ModuleRecord {
    ModuleRecord(name: try ModuleName(parsing: name), version: version, digest: digest(9))
  }

  @Test func `a bundle's modules are recorded, sorted, and exported; without any the field is left out`()
    async throws
  {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      let injected = try bundle("a+etl@linux-x64", modules: [module("etl"), module("demand-classes", "2.1")])
      try await catalogue.record(injected) { _ in files }
      try await catalogue.record(try bundle("a@linux-x64")) { _ in files }
      let found = try await catalogue.bundle(injected.cell)
      #expect(found == injected)
      #expect(found?.modules?.map { "\($0.name) \($0.version)" } == ["demand-classes 2.1", "etl 1.0.0"])
      let text = String(decoding: try await catalogue.export(), as: UTF8.self)
      #expect(text.split(separator: "\"modules\" :").count == 2)
    }
  }

  @Test func `bundles are found by a module in them`() async throws {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      try await catalogue.record(try bundle("a@linux-x64")) { _ in files }
      try await catalogue.record(try bundle("a+etl@linux-x64", modules: [module("etl")])) { _ in files }
      let query = BundleQuery(module: try ModuleName(parsing: "etl"))
      #expect(try await catalogue.summaries(matching: query).map(\.runenv) == ["a+etl"])
    }
  }

  @Test func `a database of the first schema is brought up to date, and what is in it stays`() async throws {
    try await withCatalogue { path in
      try await Catalogue(at: path).record(try bundle()) { _ in files }
      try Database.open(at: path).execute(
        """
        DROP TABLE module; DROP TABLE package_level; DROP TABLE package_source;
        DROP TABLE package_recipe;
        ALTER TABLE bundle DROP COLUMN tool_version;
        ALTER TABLE bundle_artifact DROP COLUMN role; ALTER TABLE bundle_artifact DROP COLUMN version;
        PRAGMA user_version = 1
        """)
      let catalogue = Catalogue(at: path)
      let found = try #require(try await catalogue.bundle(cell))
      #expect(try found.packages == bundle().packages && found.digest == bundle().digest)
      #expect(found.toolVersion == nil && found.artifacts.map(\.role) == [nil])
      try await catalogue.record(try bundle("a+etl@linux-x64", modules: [module("etl")])) { _ in files }
      #expect(try await catalogue.bundles().count == 2)
    }
  }
}
