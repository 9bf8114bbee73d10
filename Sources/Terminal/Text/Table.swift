/// Rows under titles, each column as wide as its widest cell.
///
/// ```
/// cell                      size  time
/// python-3.13.5@linux-x64  4.1 MB  1.4 s
/// ```
package struct Table: Sendable {
  package enum Alignment: Sendable {
    case left
    case right
  }

  package struct Column: Sendable {
    let title: String
    let alignment: Alignment

    package init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  package let columns: [Column]
  package private(set) var rows: [[String]] = []
  private var footer: [String]?

  package init(_ columns: Column...) { self.columns = columns }

  package init(_ columns: [Column]) { self.columns = columns }

  package var isEmpty: Bool { rows.isEmpty }

  /// Adds a row; it has a text, which may be empty, for every column.
  package mutating func append(_ row: [String]) {
    precondition(row.count == columns.count, "\(columns.count) columns, and a row of \(row.count)")
    rows.append(row)
  }

  /// Sets the last row, which stands under a rule: totals.
  package mutating func setFooter(_ row: [String]) {
    precondition(row.count == columns.count, "\(columns.count) columns, and a row of \(row.count)")
    footer = row
  }

  /// The lines, each ending with a line feed, none with a space; titles are bold where `colored`.
  package func rendered(colored: Bool = false) -> String {
    // A catalogue's list has tens of thousands of rows: each text is looked at once.
    let titles = columns.map { singleLine($0.title) }
    let rows = rows.map { $0.map(singleLine) }
    let footer = footer?.map(singleLine)
    var widths = titles.map(\.displayWidth)
    for row in rows + [footer].compactMap(\.self) {
      for (index, text) in row.enumerated() { widths[index] = max(widths[index], text.displayWidth) }
    }
    var text = Style.bold.apply(to: line(titles, widths), colored: colored) + "\n"
    for row in rows { text += line(row, widths) + "\n" }
    if let footer {
      let rule = String(repeating: "─", count: widths.reduce(2 * (widths.count - 1), +))
      text += Style.dim.apply(to: rule, colored: colored) + "\n" + line(footer, widths) + "\n"
    }
    return text
  }

  /// The lines in at most `width` columns, for which the texts of one column are cut; nil cuts none.
  package func rendered(width: Int?, shrinking column: Int, colored: Bool = false) -> String {
    let lines = rendered().split(separator: "\n")
    guard let width, let widest = lines.map(\.displayWidth).max(), widest > width else {
      return rendered(colored: colored)
    }
    let current = ([columns[column].title] + rows.map { $0[column] }).map(\.displayWidth).max() ?? 0
    var table = self
    table.rows = rows.map { row in
      var row = row
      row[column] = singleLine(row[column]).truncated(toWidth: max(current - (widest - width), 12))
      return row
    }
    return table.rendered(colored: colored)
  }

  /// A row of single lines.
  private func line(_ row: [String], _ widths: [Int]) -> String {
    var line = ""
    for (index, text) in row.enumerated() {
      let space = String(repeating: " ", count: widths[index] - text.displayWidth)
      if index > 0 { line += "  " }
      line += columns[index].alignment == .left ? text + space : space + text
    }
    while line.utf8.last == 0x20 { line.removeLast() }
    return line
  }

  /// What would break the table's lines is shown, not obeyed.
  private func singleLine(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    return text.printable.replacing("\n", with: " ").replacing("\t", with: " ")
  }
}
