import Catalogue
import FoundationEssentials
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import CataloguePage

/// The page in a real Chromium, used by keyboard and looked at: `PPP_TEST_PEERS=1`, after `scripts/setup peers`.
@Suite(.enabled(if: Peers.areWanted))
struct CataloguePageBrowserTests {
  /// What `Tests/Browser/catalogue_page.py` expects to see.
  private struct Expected: Encodable {
    struct Bundle: Encodable {
      let ref: String
      let digest: String
      let packages: [String]
      let layers: [String]

      init(_ numbered: NumberedBundle, isCurrent: Bool) {
        let bundle = numbered.bundle
        ref = isCurrent ? bundle.cell.description : "\(bundle.cell):\(numbered.generation)"
        digest = bundle.digest.hex
        packages = bundle.packages.map { "\($0.name) \($0.version)\($0.requested ? " yes" : "")" }
        layers = bundle.layers.map { String($0.digest.hex.prefix(12)) }.sorted()
      }
    }
    struct Difference: Encodable {
      let old: String
      let new: String
      let packages: [String]
    }
    struct Hostile: Encodable {
      let places: [String]
      let words: [String]
    }
    let bundles: [Bundle]
    let package: String
    let difference: Difference
    /// How many runenvs have a cell that failed.
    let failed: Int
    let runenvs: Int
    let hostile: Hostile
  }

  @Test
  func `2,000 bundles load in a second, and search, keys, pictures and hostile texts do as they should`()
    async throws
  {
    let environment = ProcessInfo.processInfo.environment
    let python = try #require(findExecutable("python3", in: environment["PATH"]))
    try await withTemporaryDirectory(in: "/tmp", prefix: "ppp-browser-") { directory in
      try writePages(to: directory)
      let script = FilePath(#filePath).removingLastComponent().removingLastComponent()
        .appending("Browser").appending("catalogue_page.py")
      var variables = environment
      variables["PYTHONDONTWRITEBYTECODE"] = "1"
      let result = try await run(
        Command(
          python, [script.string, directory.string], environment: variables, timeout: .seconds(300)))
      let isFine = result.succeeded
      #expect(isFine, "\(result.text)\(result.errorText)")
    }
  }

  private func writePages(to directory: FilePath) throws {
    let bundles = try LargeCatalogue().bundles()
    func write(_ text: String, _ name: String) throws {
      try writeAtomically(text.utf8, to: directory.appending(name))
    }
    try write(page(bundles), "large.html")
    try write(page([NumberedBundle]()), "empty.html")
    try write(page([hostile()]), "hostile.html")
    try writeAtomically(
      JSONEncoder().encode(try expected(of: bundles)), to: directory.appending("expected.json"))
  }

  private func expected(of bundles: [NumberedBundle]) throws -> Expected {
    let former = try #require(
      bundles.firstIndex { $0.generation == 1 && $0.bundle.cell.runenv.hasSuffix("0") })
    let earlier = try #require(
      bundles[former...].first { numbered in
        numbered.generation == 1
          && bundles.contains { $0.bundle.cell == numbered.bundle.cell && $0.generation == 2 }
      })
    let current = try #require(bundles.first { $0.bundle.cell == earlier.bundle.cell })
    let sample = stride(from: 0, to: bundles.count, by: 97).map { bundles[$0] }.filter { one in
      bundles.first { $0.bundle.cell == one.bundle.cell } == one
    }
    let names = Set(current.bundle.packages.map(\.name)).symmetricDifference(
      earlier.bundle.packages.map(\.name))
    return Expected(
      bundles: sample.map { .init($0, isCurrent: true) } + [.init(earlier, isCurrent: false)],
      package: try #require(current.bundle.packages.last).name.description,
      difference: .init(
        old: "\(earlier.bundle.cell):1", new: current.bundle.cell.description,
        packages: names.map(\.description)),
      failed: Set(bundles.filter { $0.bundle.verification?.state == .failed }.map(\.bundle.runenv)).count,
      runenvs: Set(bundles.map(\.bundle.runenv)).count,
      hostile: .init(
        places: [
          "#matrix", "#bundle/python-3.13.5@linux-x64", "#left-out", "#runenv/python-3.13.5",
          "#package/numpy",
        ],
        words: ["</script><script>hacked = 1</script>", "{{data}}"]))
  }

  private func hostile() throws -> BundleRecord {
    let text = HostilePageTests.texts.joined(separator: " ")
    let omission = OmissionRecord(
      package: try PackageName(parsing: "uvloop"), rule: .skip, reason: text,
      position: SourcePosition(file: text, line: 1, column: 1))
    return try bundle(
      packages: [package("numpy", text, licence: text)], omissions: [omission],
      checks: [CheckRecord(name: text, outcome: .failed, message: text)])
  }
}
