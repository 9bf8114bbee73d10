import Model
import Testing

@Suite("Package versions")
struct PackageVersionTests {
  @Test("versions are ordered as PEP 440 orders them")
  func order() throws {
    let texts = [
      "1.dev0", "1.0.dev456", "1.0a1", "1.0a2.dev456", "1.0a12.dev456", "1.0a12", "1.0b1.dev456", "1.0b2",
      "1.0b2.post345.dev456", "1.0b2.post345", "1.0rc1.dev456", "1.0rc1", "1.0", "1.0+abc.5", "1.0+abc.7",
      "1.0+5",
      "1.0.post456.dev34", "1.0.post456", "1.0.15", "1.1.dev1", "1.10", "2025.1", "1!0.1",
    ]
    let versions = try texts.map { try PackageVersion(parsing: $0) }
    #expect(versions.reversed().sorted() == versions)
    for (left, right) in zip(versions, versions.dropFirst()) {
      #expect(left < right)
      #expect(!(right < left))
      #expect(left != right)
    }
  }

  @Test(
    "other spellings are read and written in normal form",
    arguments: [
      ("v1.0", "1.0"), (" 1.0\n", "1.0"), ("1.0-ALPHA.1", "1.0a1"), ("1.0_beta", "1.0b0"),
      ("1.0.preview2", "1.0rc2"),
      ("1.0c1", "1.0rc1"), ("1.0-1", "1.0.post1"), ("1.0.rev4", "1.0.post4"), ("1.0-post", "1.0.post0"),
      ("1.0DEV", "1.0.dev0"), ("1.0+Ubuntu-1_2", "1.0+ubuntu.1.2"), ("01.002", "1.2"), ("0!1", "1"),
      ("1.0.0", "1.0.0"),
      ("2!1.0rc1.post2.dev3+cu126", "2!1.0rc1.post2.dev3+cu126"),
    ])
  func normalForm(text: String, description: String) throws {
    let version = try PackageVersion(parsing: text)
    #expect(version.description == description)
    #expect(try PackageVersion(parsing: description) == version)
  }

  @Test("trailing zeros make no difference, to hashing neither")
  func trailingZeros() throws {
    for texts in [["1", "1.0", "1.0.0"], ["0", "0.0"]] {
      #expect(Set(try texts.map { try PackageVersion(parsing: $0) }).count == 1)
    }
  }

  @Test(
    "what is no version is refused",
    arguments: [
      "", "1.", ".1", "1..2", "a", "1.0+", "1.0+a..b", "1.0 2", "1.0x", "1!", "1.x", "12345678901234567890",
    ])
  func refused(text: String) {
    #expect(throws: ParseError.self) { try PackageVersion(parsing: text) }
  }

  @Test("prereleases and local parts are told")
  func parts() throws {
    for text in ["1a1", "1.dev1", "1rc1.post1"] { #expect(try PackageVersion(parsing: text).isPrerelease) }
    for text in ["1", "1.post1", "1+a1"] { #expect(try !PackageVersion(parsing: text).isPrerelease) }
    #expect(try PackageVersion(parsing: "2.7.0+cu126").local == "cu126")
    #expect(try PackageVersion(parsing: "2.7.0").local == nil)
  }
}
