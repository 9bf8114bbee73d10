import Model
import Testing

@testable import Runtimes

@Suite struct DebianVersionTests {
  @Test(
    "versions are ordered as dpkg orders them",
    arguments: [
      ("3.11.2-6+deb12u8", ">", "3.11.2-6"), ("3.11.2-6+deb12u10", ">", "3.11.2-6+deb12u8"),
      ("3.13.0~rc1-1", "<", "3.13.0-1"), ("1.0~~", "<", "1.0~"), ("1.0~", "<", "1.0"), ("1.0", "<", "1.0a"),
      ("1.0a", "<", "1.0+"), ("1.0+", "<", "1.0.1"), ("1:0.1", ">", "9.9"), ("0:1.0", "=", "1.0"),
      ("1.0-0", "=", "1.0"), ("1.0", "=", "1.00"), ("2.9", "<", "2.10"), ("1.2-3-4", ">", "1.2-3-3"),
      ("5.3.28+dfsg2-1", "<", "5.3.28+dfsg2-9"), ("2.36-9+deb12u13", ">", "2.36"),
      ("2.38", ">", "2.36-9+deb12u13"),
      ("1.0-1~bpo1", "<", "1.0-1"), ("1a", "<", "1b"), ("1.a", ">", "1.~"),
      ("20040101", "<", "20240101000000000000000"),
    ])
  func order(left: String, sign: String, right: String) {
    let (a, b) = (DebianVersion(left), DebianVersion(right))
    #expect((a < b) == (sign == "<"))
    #expect((a > b) == (sign == ">"))
    #expect((a == b) == (sign == "="))
  }

  @Test(
    "a version is taken apart and put together again", arguments: ["1:2.36-9+deb12u13", "3.11.2", "1.2-3-4"])
  func roundTrip(text: String) { #expect(DebianVersion(text).description == text) }

  @Test("the upstream part is what Debian packages")
  func upstream() {
    #expect(DebianVersion("3.11.2-6+deb12u8").isPython(.init(3, 11, 2)))
    #expect(DebianVersion("3.15.0~rc2-1").isPython(.init(3, 15, 0, prerelease: "rc2")))
    #expect(!DebianVersion("3.11.2-6").isPython(.init(3, 11, 21)))
  }
}
