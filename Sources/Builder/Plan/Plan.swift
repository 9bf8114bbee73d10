package import ConfigMerge
package import Model

/// What would be done for the selected cells; a value that prints.
package struct Plan: Sendable {
  /// In the workspace's order of cells.
  package var cells: [CellPlan]
  /// Modules' cells that were asked for and aren't made.
  package let excluded: [ExcludedCell]

  package init(cells: [CellPlan], excluded: [ExcludedCell] = []) {
    self.cells = cells
    self.excluded = excluded
  }

  package var cellsWithWork: [CellPlan] { cells.filter(\.hasWork) }

  package subscript(cell: CellID) -> CellPlan? { cells.first { $0.cell == cell } }
}
