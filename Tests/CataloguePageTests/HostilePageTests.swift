import Catalogue
import Model
import Testing

@testable import CataloguePage

@Suite struct HostilePageTests {
  static let texts = [
    "</script><script>hacked = 1</script>", "<!--<script>", "]]><img src=x onerror=\"hacked=1\">", "{{data}}",
    "\u{2028}\u{0}\"\\'`${hacked}", "</SCRIPT >", "<\u{301}",
  ]

  @Test(arguments: texts) func `a text stays a text, whatever is in it`(text: String) throws {
    let omission = OmissionRecord(package: try PackageName(parsing: "uvloop"), rule: .skip, reason: text)
    let hostile = try page([
      bundle(
        packages: [package("numpy", text, licence: text)], omissions: [omission],
        checks: [CheckRecord(name: text, outcome: .failed, message: text)])
    ])
    let harmless = try page([bundle()])
    #expect(count(of: "<", in: hostile) == count(of: "<", in: harmless))
    let facts = try facts(in: hostile)
    let index = try #require(facts.bundles.first?.omissions.first?.reason)
    #expect(facts.texts[index] == text)
    #expect(facts.packages.version == [text])
  }

  private func count(of byte: Character, in page: String) -> Int {
    page.utf8.count { $0 == byte.asciiValue }
  }
}
