import Terminal
import Testing

@Suite struct TableTests {
  @Test func `columns are as wide as their widest cell, numbers to the right`() {
    var table = Table(.init("cell"), .init("size", .right), .init("note"))
    table.append(["a@linux-x64", "4.1 MB", "reused"])
    table.append(["python@linux-x64", "812 B", ""])
    let expected = """
      cell                size  note
      a@linux-x64       4.1 MB  reused
      python@linux-x64   812 B

      """
    #expect(table.rendered() == expected)
  }

  @Test func `no line ends with a space`() {
    var table = Table(.init("name"), .init("licence"))
    table.append(["numpy", ""])
    table.append(["", ""])
    #expect(!table.rendered().split(separator: "\n").contains { $0.hasSuffix(" ") })
  }

  @Test func `wide characters keep the columns aligned`() {
    var table = Table(.init("name"), .init("size", .right))
    table.append(["数据", "1 B"])
    table.append(["data", "22 B"])
    #expect(table.rendered() == "name  size\n数据   1 B\ndata  22 B\n")
  }

  @Test func `a footer stands under a rule of the table's width`() {
    var table = Table(.init("name"), .init("size", .right))
    table.append(["a", "1 B"])
    table.setFooter(["1 cell", "10 B"])
    #expect(table.rendered() == "name    size\na        1 B\n────────────\n1 cell  10 B\n")
  }

  @Test func `a cell's line breaks and escape sequences do not get out of it`() {
    var table = Table(.init("reason"), .init("x"))
    table.append(["one\ntwo\u{1b}[31m", "y"])
    let lines = table.rendered().split(separator: "\n")
    #expect(lines == ["reason             x", "one two\\u{1B}[31m  y"])
  }

  @Test func `titles are bold where there are colours`() {
    let table = Table(.init("name"))
    #expect(table.rendered(colored: true) == "\u{1b}[1mname\u{1b}[0m\n")
  }
}
