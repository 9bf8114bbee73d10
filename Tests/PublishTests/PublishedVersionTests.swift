import Model
import Publish
import Testing

@Suite("Versions of published bundles")
struct PublishedVersionTests {
  @Test("versions are ordered number by number, those with a suffix first")
  func order() throws {
    let texts = ["1", "2", "2.0", "2.1-rc1", "2.1", "10", "2026.11-beta"]
    let versions = try texts.map { try PublishedVersion(parsing: $0) }
    #expect(versions.shuffled().sorted().map(\.description) == texts)
  }

  @Test("the next whole number is higher", arguments: [("1", "2"), ("2026.11.3", "2027"), ("4-rc1", "5")])
  func next(text: String, expected: String) throws {
    #expect(try PublishedVersion(parsing: text).nextWhole.description == expected)
  }

  @Test(
    "what can't stand in a file name or a tag is no version",
    arguments: ["", "v1", "1/2", "1..2", "latest", "1+cu", "1 ", "1-", "../1", "9999999999999999999", "1-ä"])
  func refusals(text: String) {
    #expect(throws: ParseError.self) { try PublishedVersion(parsing: text) }
  }
}
