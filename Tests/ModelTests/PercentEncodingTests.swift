import Model
import Testing

@Suite struct PercentEncodingTests {
  @Test(
    "what is not unreserved in RFC 3986 is written byte by byte, and read back",
    arguments: [
      ("a-Z_0.9~", "a-Z_0.9~"), ("a b/é", "a%20b/%C3%A9"), ("100%#?+&", "100%25%23%3F%2B%26"), ("", ""),
    ])
  func roundTrip(text: String, encoded: String) {
    #expect(encodingPercent(text) == encoded)
    #expect(decodingPercent(encoded) == text)
  }

  @Test("a slash is encoded where it would part a path")
  func slash() {
    #expect(encodingPercent("a/b", keepingSlashes: false) == "a%2Fb")
    #expect(decodingPercent("a%2fb") == "a/b")
  }

  @Test(
    "what is cut off, no number or no UTF-8 is not decoded",
    arguments: ["%", "%2", "a%zz", "%+1", "%C3", "%FF"])
  func damaged(text: String) { #expect(decodingPercent(text) == nil) }
}
