/// Facts under labels: what kind of fact, which one, and words about it, which wrap.
///
/// ```
/// takes    sales.csv         one row a product and week: product,
///                            price, units
/// gives    elasticities.csv  one row a product
/// ```
package struct FactSheet: Sendable {
  private struct Row {
    let label: String
    let term: String
    let words: String
  }

  private var rows: [Row] = []

  package init() {}

  package var isEmpty: Bool { rows.isEmpty }

  /// Adds a fact; a label that the fact before has too is not said again.
  package mutating func append(_ label: String, _ term: String, _ words: String = "") {
    rows.append(Row(label: label, term: term, words: words))
  }

  /// The lines, each ending with a line feed, in at most `width` columns where words can be broken; nil breaks none.
  package func rendered(width: Int? = nil, colored: Bool = false) -> String {
    let labelWidth = rows.map(\.label.displayWidth).max() ?? 0
    let termWidth = rows.filter { !$0.words.isEmpty }.map(\.term.displayWidth).max() ?? 0
    var text = ""
    var last: String?
    for row in rows {
      let label = row.label == last ? "" : row.label
      last = row.label
      text += Style.accent.apply(to: label, colored: colored)
      text += space(labelWidth - label.displayWidth + 2)
      let (first, indent) =
        row.words.isEmpty
        ? ("", labelWidth + 2)
        : (row.term + space(termWidth - row.term.displayWidth + 2), labelWidth + termWidth + 4)
      let words = row.words.isEmpty ? row.term : row.words
      let lines = words.printable.wrapped(toWidth: width.map { max($0 - indent, 24) })
      text += first.printable + lines.joined(separator: "\n" + space(indent)) + "\n"
    }
    return text
  }

  private func space(_ count: Int) -> String { String(repeating: " ", count: max(count, 0)) }
}

extension String {
  /// Lines of at most `width` columns, broken at spaces; a longer word stands alone, and nil breaks no line.
  package func wrapped(toWidth width: Int?) -> [String] {
    split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph -> [String] in
      guard let width, paragraph.displayWidth > width else { return [String(paragraph)] }
      var lines: [String] = []
      var line = ""
      for word in paragraph.split(separator: " ") {
        if !line.isEmpty, line.displayWidth + 1 + word.displayWidth > width {
          lines.append(line)
          line = ""
        }
        line += (line.isEmpty ? "" : " ") + word
      }
      return lines + [line]
    }
  }
}
