import Model
import Testing

@Suite struct VersionRangeTests {
  @Test(
    "specifiers allow what PEP 440 says",
    arguments: [
      ("", "1.0", true), ("==1.0", "1.0.0", true), ("==1.0", "1.0+cpu", true), ("==1.0+cpu", "1.0", false),
      ("==1.*", "1.9", true), ("==1.1.*", "1.10", false), ("!=1.1.*", "1.1.3", false),
      (">=1,<2", "1.5", true),
      (">=1,<2", "2.0", false), ("~=1.4", "1.9", true), ("~=1.4", "2.0", false), ("~=1.4.2", "1.5", false),
      (">1.0", "1.0", false), ("<=1.0", "1.0", true), ("===1.0", "1.0", true), (">=1.0", "2.0rc1", false),
      (">=2.0rc1", "2.0rc2", true), ("<2", "2.0rc1", false), ("==x", "1.0", false), (">=1.0", "1!0.5", true),
    ])
  func contains(specifiers: String, version: String, expected: Bool) throws {
    #expect(try VersionRange(specifiers).contains(PackageVersion(parsing: version)) == expected)
  }

  @Test("an interpreter's pre-release counts as what it is")
  func interpreter() throws {
    #expect(VersionRange(">=3.9").containsIncludingPrereleases(try PackageVersion(parsing: "3.14.0rc1")))
  }
}
