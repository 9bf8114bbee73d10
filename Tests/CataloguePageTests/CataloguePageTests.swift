import Catalogue
import FoundationEssentials
import Model
import SystemPackage
import Testing

@testable import CataloguePage

@Suite struct CataloguePageTests {
  @Test func `the page has every bundle's facts, current ones and earlier ones`() throws {
    let reason = OmissionRecord(
      package: try PackageName(parsing: "uvloop"), rule: .skip, reason: "not on Windows",
      position: SourcePosition(file: "shared-config.json", line: 9, column: 24))
    let facts = try facts(
      in: page([
        NumberedBundle(
          generation: 2,
          bundle: try bundle(
            omissions: [reason], checks: [CheckRecord(name: "a", outcome: .failed)], createdAt: 1_700_000_000)
        ),
        NumberedBundle(generation: 1, bundle: try bundle(packages: [package("numpy", "2.2.5")])),
      ]))
    #expect(facts.bundles.map(\.generation) == [2, 1])
    #expect(facts.bundles.map(\.createdAt) == [1_700_000_000, nil])
    #expect(facts.bundles.map(\.checks?.state) == ["failed", nil])
    #expect(facts.packages.version == ["2.2.6", "2.2.5"])
    let omission = try #require(facts.bundles.first?.omissions.first)
    #expect(omission.position == "shared-config.json:9:24")
    #expect(facts.texts[omission.reason] == "not on Windows")
  }

  @Test func `a bundle's modules are on the page`() throws {
    let module = ModuleRecord(name: try ModuleName(parsing: "etl"), version: "1.1.0", digest: digest(8))
    let facts = try facts(in: page([try bundle("python-3.13.5+etl@linux-x64", modules: [module]), bundle()]))
    #expect(
      facts.bundles.map(\.modules) == [[.init(name: "etl", version: "1.1.0", digest: "080808080808")], []])
  }

  @Test func `the recipe that a package was built by is on the page`() throws {
    let recipe = BuildRecipeRecord(reference: "recipes/lightfm", digest: digest(8))
    let built = PackageRecord(
      name: try PackageName(parsing: "lightfm"), version: "1.17", artifact: nil, requested: true,
      recipe: recipe)
    let facts = try facts(in: page([try bundle(packages: [built, package("numpy", "2.2.6")])]))
    let texts = facts.packages.recipe.map { $0 < 0 ? nil : facts.texts[$0] }
    #expect(texts == ["recipes/lightfm (080808080808)", nil])
  }

  @Test func `the same catalogue gives the same bytes`() async throws {
    let bundles = [
      try bundle("a@linux-x64"), try bundle("a@windows-x64", digest: digest(9)),
      try bundle("b@linux-x64", packages: [package("pandas", "2"), package("numpy", "1")]),
    ]
    let forwards = try await recordedPage(bundles)
    #expect(try await recordedPage(bundles.reversed()) == forwards)
    #expect(try await recordedPage(bundles + bundles) == forwards)
    #expect(try facts(in: forwards).bundles.map(\.runenv) == ["a", "a", "b"])
  }

  @Test func `a bundle that was replaced is there as an earlier version`() async throws {
    let page = try await recordedPage([try bundle(), try bundle(digest: digest(2))])
    #expect(try facts(in: page).bundles.map(\.generation) == [2, 1])
  }

  @Test func `a catalogue of nothing has a page too`() async throws {
    #expect(try facts(in: await recordedPage([])).bundles.isEmpty)
  }

  @Test func `nothing is fetched from anywhere, and only the page's own script and style run`() throws {
    let page = try page([bundle()])
    let policy = try #require(text(in: page, after: "Content-Security-Policy\" content=\"", upTo: "\""))
    #expect(policy.hasPrefix("default-src 'none'; "))
    let script = try #require(text(in: page, after: "<script type=\"module\">", upTo: "</script>"))
    let style = try #require(text(in: page, after: "<style>", upTo: "</style>"))
    for (directive, content) in [("script-src", script), ("style-src", style)] {
      let hash = Data(hexadecimal: sha256(Array(content.utf8)).hex).base64EncodedString()
      #expect(policy.contains("\(directive) 'sha256-\(hash)';"))
    }
    #expect(!page.contains("http://") || page.components(of: "http://") == ["http://www.w3.org/2000/svg"])
    #expect(!page.contains("src=\"") && !page.contains("@import"))
  }

  @Test func `a licence that is given in full is named by its beginning`() throws {
    let packages = [
      try package("a", "1", licence: "MIT"),
      try package("b", "1", licence: "\n  BSD License\nRedistribution"),
      try package("c", "1", licence: "Copyright (c) Somebody\nRedistribution"),
      try package("d", "1", licence: nil), try package("e", "1", licence: String(repeating: "x", count: 200)),
    ]
    let facts = try facts(in: page([bundle(packages: packages)]))
    let licences = facts.packages.licence.map { $0 < 0 ? nil : facts.texts[$0] }
    #expect(licences.prefix(4) == ["MIT", "BSD License", "text: Copyright (c) Somebody", nil])
    #expect(licences[4]?.count == 80)
  }

  @Test func `2,000 bundles of 100 packages stay small`() throws {
    let bundles = try LargeCatalogue().bundles()
    let page = try page(bundles)
    #expect(bundles.count > 1_900)
    #expect(page.utf8.count < 3_000_000, "\(page.utf8.count) bytes")
  }

  /// The page of a real catalogue in which these were recorded one after the other.
  private func recordedPage(_ bundles: [BundleRecord]) async throws -> String {
    try await withTemporaryDirectory(in: "/tmp", prefix: "ppp-page-") { directory in
      let catalogue = Catalogue(at: Catalogue.path(in: directory))
      for bundle in bundles { try await catalogue.record(bundle) { _ in [] } }
      return String(decoding: try await catalogue.page(sha256: sha256), as: UTF8.self)
    }
  }
}

extension Data {
  fileprivate init(hexadecimal text: String) {
    let digits = Array(text)
    self.init(
      stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) })
  }
}

extension String {
  /// Every address in the text that begins so, up to the quotation mark that ends it.
  fileprivate func components(of start: String) -> [String] {
    ranges(of: start).map { range in
      String(self[range.lowerBound...].prefix { $0 != "'" && $0 != "\"" })
    }
  }
}
