package import Model

/// A pattern of cells: `python-3.13*@linux-*`, `*-{science,slim}`, and with a leading `!` what is left out.
///
/// Without `@` it is about the runenv and means all its platforms.
package struct CellPattern: Hashable, Sendable {
  package let text: String
  /// Whether it was written with a leading `!`.
  package let isNegated: Bool
  private let glob: Glob
  private let isRunenvOnly: Bool

  package init(parsing text: String) throws(ParseError) {
    isNegated = text.hasPrefix("!")
    let pattern = isNegated ? String(text.dropFirst()) : text
    guard !pattern.isEmpty else {
      throw ParseError(
        expected: "cell pattern", text: text, hint: "write RUNENV@PLATFORM, as in 'python-3.13*@linux-*'")
    }
    self.text = text
    isRunenvOnly = !pattern.contains("@")
    glob = try Glob(parsing: pattern)
  }

  /// Whether the cell is one that the pattern is about; `!` changes nothing here.
  package func matches(_ cell: CellID) -> Bool {
    glob.matches(isRunenvOnly ? cell.runenv : cell.description)
  }
}
