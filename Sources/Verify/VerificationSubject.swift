package import Layers
package import Model
package import SystemPackage

/// A bundle to verify, and what is expected of it.
package struct VerificationSubject: Sendable {
  package var cell: CellID
  /// The version that the interpreter must be.
  package var python: PythonVersion
  /// The oldest system that the environment must still run on; nil checks none.
  package var floor: PlatformFloor?
  /// The bundle's file, `.tar.zst` or `.zip`.
  package var bundle: FilePath
  /// The bundle's layers; those that are in the store are inspected there, and only once for all bundles.
  package var layers: [BundleLayer]
  package var distributions: [DistributionImports]
  package var allowances: [Allowance]

  package init(
    cell: CellID, python: PythonVersion, floor: PlatformFloor?, bundle: FilePath, layers: [BundleLayer] = [],
    distributions: [DistributionImports] = [], allowances: [Allowance] = []
  ) {
    self.cell = cell
    self.python = python
    self.floor = floor
    self.bundle = bundle
    self.layers = layers
    self.distributions = distributions
    self.allowances = allowances
  }
}
