package import Model

/// A cell's current bundle, `python-3.13.5@linux-x64`, or an earlier one, `python-3.13.5@linux-x64:3`.
package struct BundleReference: Hashable, Sendable {
  package let cell: CellID
  /// Nil means the current one.
  package let generation: Int?

  package init(_ cell: CellID, generation: Int? = nil) {
    self.cell = cell
    self.generation = generation
  }
}

extension BundleReference: CustomStringConvertible {
  package init(parsing text: String) throws(ParseError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let cell = try CellID(parsing: String(parts[0]))
    guard parts.count == 2 else {
      self.init(cell)
      return
    }
    guard let generation = Int(parts[1]), generation > 0 else {
      throw ParseError(
        expected: "bundle", text: text, hint: "write CELL or CELL:GENERATION, as in \(cell):3")
    }
    self.init(cell, generation: generation)
  }

  package var description: String { generation.map { "\(cell):\($0)" } ?? cell.description }
}
