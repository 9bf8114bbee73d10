package import Catalogue
package import Model

/// What came of one cell.
package struct CellResult: Sendable {
  package enum Ending: Sendable {
    /// Its bundle was made or, where only that was missing, checked.
    case built(BundleRecord)
    case upToDate
    case failed(Diagnostic)
  }

  package let cell: CellID
  package let ending: Ending
  /// How many layers the bundle has, and how many of them this build had to make.
  package let layers: Int
  package let madeLayers: Int
  package let duration: Duration

  package init(
    cell: CellID, ending: Ending, layers: Int = 0, madeLayers: Int = 0, duration: Duration = .zero
  ) {
    self.cell = cell
    self.ending = ending
    self.layers = layers
    self.madeLayers = madeLayers
    self.duration = duration
  }

  package var hasFailed: Bool {
    switch ending {
    case .built(let bundle): bundle.verification?.state == .failed
    case .upToDate: false
    case .failed: true
    }
  }
}
