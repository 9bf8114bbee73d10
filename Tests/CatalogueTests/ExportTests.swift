import Catalogue
import FoundationEssentials
import Model
import Testing

@Suite struct ExportTests {
  @Test func `the same bundles give the same bytes, in whatever order they were recorded`() async throws {
    let bundles = [try bundle("a@linux-x64"), try bundle("a@windows-x64"), try bundle("b@linux-x64")]
    let forwards = try await export(bundles)
    #expect(try await export(bundles.reversed()) == forwards)
    #expect(try await export(bundles + bundles) == forwards)
  }

  @Test func `it reads back as what was recorded`() async throws {
    let recorded = try bundle(
      verification: VerificationRecord(checks: [CheckRecord(name: "é", outcome: .passed)]))
    let exported = try await export([recorded])
    let document = try JSONDecoder().decode(CatalogueDocument.self, from: Data(exported))
    #expect(document.schemaVersion == 1)
    #expect(document.bundles == [recorded])
  }

  @Test func `it has the current bundles only`() async throws {
    let exported = try await export([try bundle(digest: digest(1)), try bundle(digest: digest(2))])
    let document = try JSONDecoder().decode(CatalogueDocument.self, from: Data(exported))
    #expect(document.bundles.map(\.digest) == [digest(2)])
  }

  @Test func `keys are sorted and the text ends with a line feed`() async throws {
    let text = String(decoding: try await export([try bundle()]), as: UTF8.self)
    let keys = text.split(separator: "\n").filter { $0.hasPrefix("      \"") }
      .compactMap { $0.split(separator: "\"").dropFirst().first }
    #expect(keys == keys.sorted())
    #expect(keys.first == "artifacts")
    #expect(text.hasSuffix("}\n"))
  }

  @Test func `an empty catalogue is exported as no bundles`() async throws {
    let text = String(decoding: try await export([]), as: UTF8.self)
    #expect(text.filter { !$0.isWhitespace } == #"{"bundles":[],"schemaVersion":1}"#)
  }

  private func export(_ bundles: [BundleRecord]) async throws -> [UInt8] {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      for bundle in bundles { try await catalogue.record(bundle) { _ in files } }
      return try await catalogue.export()
    }
  }
}
