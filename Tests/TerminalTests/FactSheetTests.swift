import Terminal
import Testing

@Suite struct FactSheetTests {
  private var sheet: FactSheet {
    var sheet = FactSheet()
    sheet.append("takes", "sales.csv", "one row a product and week: product, price, units")
    sheet.append("takes", "costs.csv", "one row a product")
    sheet.append("gives", "elasticities.csv", "one row a product")
    sheet.append("python", ">=3.11")
    return sheet
  }

  @Test func `labels are said once, and words stand in a column`() {
    #expect(
      sheet.rendered() == """
        takes   sales.csv         one row a product and week: product, price, units
                costs.csv         one row a product
        gives   elasticities.csv  one row a product
        python  >=3.11

        """)
  }

  @Test func `words wrap within the width, under themselves`() {
    #expect(
      sheet.rendered(width: 56).hasPrefix(
        """
        takes   sales.csv         one row a product and week:
                                  product, price, units
        """))
    #expect(sheet.rendered(width: 56).split(separator: "\n").allSatisfy { $0.count <= 56 })
  }

  @Test func `control characters are shown, not obeyed`() {
    var sheet = FactSheet()
    sheet.append("gives", "a\u{1b}[2J", "b\u{1b}[2J")
    #expect(!sheet.rendered().contains("\u{1b}"))
  }

  @Test(arguments: [
    ("a b c", 3, ["a b", "c"]), ("a\nb", 9, ["a", "b"]), ("longword b", 4, ["longword", "b"]), ("", 4, [""]),
  ])
  func `text is broken at spaces`(text: String, width: Int, lines: [String]) {
    #expect(text.wrapped(toWidth: width) == lines)
    #expect(
      text.wrapped(toWidth: nil)
        == text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
  }
}
