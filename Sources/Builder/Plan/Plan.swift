package import Model

/// What would be done for the selected cells; a value that prints.
package struct Plan: Sendable {
  /// In the workspace's order of cells.
  package var cells: [CellPlan]

  package init(cells: [CellPlan]) { self.cells = cells }

  package var cellsWithWork: [CellPlan] { cells.filter(\.hasWork) }

  package subscript(cell: CellID) -> CellPlan? { cells.first { $0.cell == cell } }
}
