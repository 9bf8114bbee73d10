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
    let titles = columns.map(\.title)
    let widths = columns.indices.map { index in
      ([titles] + rows + [footer].compactMap(\.self)).map { singleLine($0[index]).displayWidth }.max() ?? 0
    }
    var lines = [Style.bold.apply(to: line(titles, widths), colored: colored)]
    lines += rows.map { line($0, widths) }
    if let footer {
      let rule = String(repeating: "─", count: widths.reduce(2 * (widths.count - 1), +))
      lines += [Style.dim.apply(to: rule, colored: colored), line(footer, widths)]
    }
    return lines.map { $0 + "\n" }.joined()
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

  private func line(_ row: [String], _ widths: [Int]) -> String {
    let cells = zip(zip(row, columns), widths).map { cell, width in
      let text = singleLine(cell.0)
      let space = String(repeating: " ", count: width - text.displayWidth)
      return cell.1.alignment == .left ? text + space : space + text
    }
    let line = cells.joined(separator: "  ")
    return String(line[..<(line.lastIndex { $0 != " " }.map { line.index(after: $0) } ?? line.startIndex)])
  }

  /// What would break the table's lines is shown, not obeyed.
  private func singleLine(_ text: String) -> String {
    text.printable.replacing("\n", with: " ").replacing("\t", with: " ")
  }
}
