package import Model

/// A package of the current bundles: one version with one licence, wherever it is.
package struct CataloguedPackage: Hashable, Sendable {
  package let name: PackageName
  package let version: String
  /// As its metadata states it; nil where it states none.
  package let licence: String?
  /// How many bundles hold it.
  package let bundleCount: Int
  /// The first of them.
  package let cell: CellID
}
