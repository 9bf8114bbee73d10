import Terminal
import Testing

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("numpy", 5), ("é", 1), ("e\u{301}", 1), ("数据", 4), ("한국", 4), ("カ", 2), ("🐍", 2), ("❤️", 2),
    ("ｐｐ", 4), ("→", 1), ("a\u{200b}b", 2), ("\u{1b}", 0),
  ])
  func `a text is as wide as a terminal draws it`(text: String, width: Int) {
    #expect(text.displayWidth == width)
  }

  @Test(arguments: [
    ("numpy", 5, "numpy"), ("numpy", 4, "num…"), ("numpy", 1, "…"), ("numpy", 0, ""), ("数据表", 6, "数据表"),
    ("数据表", 5, "数据…"), ("数据表", 4, "数…"), ("", 0, ""),
  ])
  func `a text that is too wide ends with an ellipsis`(text: String, width: Int, expected: String) {
    #expect(text.truncated(toWidth: width) == expected)
    #expect(expected.displayWidth <= width)
  }

  @Test func `control characters are shown, so that no name can move the cursor`() {
    #expect("a\u{1b}[2Jb\u{7}".printable == "a\\u{1B}[2Jb\\u{07}")
    #expect("two\nlines\t".printable == "two\nlines\t")
  }
}
