import FoundationEssentials
import Model
import SystemPackage
import Testing

@Suite("ppp catalogue", .enabled(if: RealTools.arePresent, Comment(rawValue: RealTools.why)))
struct CatalogueCommandTests {
  private struct Cell: Decodable {
    let runenv: String
    let platform: String
    var cell: String { "\(runenv)@\(platform)" }
  }
  private struct File: Decodable { let path: String }
  private struct Export: Decodable {
    let schemaVersion: Int
    let bundles: [Cell]
  }
  private struct Difference: Decodable {
    struct Package: Decodable {
      let name: String
      let old: String?
      let new: String?
    }
    let packages: [Package]
  }

  private static let one = "python-3.13.5-one@linux-x64"

  private func decode<Value: Decodable>(_ type: Value.Type, _ ending: Scene.Ending) throws -> Value {
    #expect(ending.status == 0, "\(ending)")
    #expect(ending.errors == "")
    return try JSONDecoder().decode(type, from: Data(ending.output.utf8))
  }

  @Test("list, show, files and export tell what was built, for people and for machines")
  func tellsWhatWasBuilt() async throws {
    try await Scene.locking { scene, _ in
      try await scene.built()
      let list = try await scene.run("catalogue", "list", "--platform", "linux-x64")
      #expect(list.output.split(separator: "\n").count == 3)
      #expect(list.output.contains(Self.one))
      let listed = try decode(
        [Cell].self, await scene.run("catalogue", "list", "--package", "alpha", "--format", "json"))
      #expect(listed.map(\.cell) == [Self.one, "python-3.13.5-one@macosx-aarch64"])

      let shown = try await scene.run("catalogue", "show", Self.one)
      #expect(shown.output.hasPrefix("\(Self.one)\n  file      dist/python-3.13.5-one/"))
      #expect(shown.output.contains("alpha    1.0      yes"), "\(shown)")
      #expect(shown.output.contains("checks: passed"))
      #expect(
        try decode(Cell.self, await scene.run("catalogue", "show", Self.one, "--format", "json")).cell
          == Self.one)

      let files = try await scene.run("catalogue", "files", Self.one)
      #expect(files.output.contains("lib/python3.13/site-packages/alpha/__init__.py\n"), "\(files)")
      let paths = try decode(
        [File].self, await scene.run("catalogue", "files", Self.one, "--format", "json"))
      #expect(paths.map(\.path).contains("lib/python3.13/site-packages/alpha-1.0.dist-info/RECORD"))

      let export = try await scene.run("catalogue", "export")
      #expect(try decode(Export.self, export).bundles.count == 3)
      #expect(try scene.read("dist/catalogue.json").trimming == export.output.trimming)

      let page = try await scene.run("catalogue", "page", "-o", "pages/index.html")
      #expect(page.status == 0 && page.output.hasSuffix("/pages/index.html\n"), "\(page)")
      #expect(try scene.read("pages/index.html") == scene.read("dist/index.html"))
    }
  }

  @Test("diff tells what sets two bundles apart, and two generations of one")
  func difference() async throws {
    try await Scene.locking { scene, _ in
      try await scene.built()
      let two = "python-3.11.2-two@linux-x64"
      let difference = try await scene.run("catalogue", "diff", two, Self.one)
      #expect(difference.output.contains("alpha"))
      #expect(difference.output.contains("beta     1.0  2.0"), "\(difference)")
      let facts = try decode(
        Difference.self, await scene.run("catalogue", "diff", two, Self.one, "--format", "json"))
      #expect(facts.packages.map(\.name) == ["alpha", "beta"])
      #expect(facts.packages.map(\.old) == [nil, "1.0"])
      let same = try await scene.run("catalogue", "diff", Self.one, Self.one)
      #expect(same.output == "the same\n")
    }
  }

  @Test(
    "sbom and provenance say what a bundle is made of and how it came to be, in an envelope where it is signed"
  )
  func statements() async throws {
    try await Scene.locking { scene, _ in
      try await scene.built()
      var builder = scene
      builder.environment["PPP_BUILDER_ID"] = "https://ci.example.org/release"
      let bill = try await scene.run("catalogue", "sbom", Self.one)
      #expect(bill.output.contains("\"bom-ref\":\"package:alpha\""), "\(bill)")
      #expect(
        bill.output.contains("{\"components\":[{\"name\":\"ppp\",\"type\":\"application\",\"version\":"))
      let provenance = try await builder.run("catalogue", "provenance", Self.one)
      #expect(
        provenance.output.contains(
          "\"builder\":{\"id\":\"https://ci.example.org/release\",\"version\":{\"ppp\":"))
      #expect(provenance.output.contains("alpha-1.0-py3-none-any.whl"), "\(provenance)")
      let unsigned = try await scene.run("catalogue", "provenance", Self.one, "--sign", "a")
      #expect(unsigned.status == 64 && unsigned.errors.contains("there is no key 'a'"), "\(unsigned)")
      _ = try await scene.run("key", "new", "a", "--no-password")
      let signed = try await scene.run("catalogue", "provenance", Self.one, "--sign", "a")
      #expect(
        signed.output.hasPrefix("{\"payload\":\"") && signed.output.contains("\"signatures\":[{\"keyid\":"))
    }
  }

  @Test("a bundle that is not there is a failure with a hint")
  func missing() async throws {
    try await inScene(["shared-config.json": "{}"]) { scene in
      let ending = try await scene.run("catalogue", "show", Self.one)
      #expect(ending.status == 1)
      #expect(
        ending.errors == """
          error: the catalogue holds no bundle '\(Self.one)'
            hint: 'ppp catalogue list' shows what there is

          """)
      let list = try await scene.run("catalogue", "list")
      #expect((list.status, list.output) == (0, "nothing is on record; 'ppp build' changes that\n"))
      let json = try await scene.run("catalogue", "list", "--format", "json")
      #expect(try JSONDecoder().decode([Cell].self, from: Data(json.output.utf8)).isEmpty)
    }
  }
}

extension String {
  /// Without white space at the ends.
  fileprivate var trimming: Substring {
    let start = drop(while: \.isWhitespace)
    return start[..<(start.lastIndex { !$0.isWhitespace }.map { start.index(after: $0) } ?? start.startIndex)]
  }
}
