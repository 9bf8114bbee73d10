package import Model

/// Which bundles are meant: those that meet every condition; with none, all.
package struct BundleQuery: Sendable {
  /// Cells that match one of these globs (`python-3.13*@linux-*`); empty: every cell.
  package var cells: [String]
  /// Empty: every platform.
  package var platforms: [Platform]
  /// Bundles that hold this package.
  package var package: PackageName?
  /// Bundles that hold this module.
  package var module: ModuleName?
  package var verification: VerificationRecord.State?

  package static let all = BundleQuery()

  package init(
    cells: [String] = [], platforms: [Platform] = [], package: PackageName? = nil,
    module: ModuleName? = nil, verification: VerificationRecord.State? = nil
  ) {
    self.cells = cells
    self.platforms = platforms
    self.package = package
    self.module = module
    self.verification = verification
  }
}
