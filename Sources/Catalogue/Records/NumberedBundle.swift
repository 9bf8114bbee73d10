/// A bundle with its place in its cell's history.
package struct NumberedBundle: Hashable, Sendable {
  /// Counts a cell's different bundles from 1; the highest is the current one.
  package let generation: Int
  package let bundle: BundleRecord

  package init(generation: Int, bundle: BundleRecord) {
    self.generation = generation
    self.bundle = bundle
  }
}
