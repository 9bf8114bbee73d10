/// A place in a text file; lines and columns count from 1, columns in Unicode scalars.
package struct SourcePosition: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The file as it is shown to people: relative to the workspace where it lies inside it.
  package let file: String
  package let line: Int
  package let column: Int

  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  package var description: String { "\(file):\(line):\(column)" }
}

extension SourcePosition: Comparable {
  package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}
