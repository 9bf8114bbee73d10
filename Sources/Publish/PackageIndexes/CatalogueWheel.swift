package import Catalogue
package import Model
package import Wheels

/// A wheel that bundles of the catalogue were made from.
package struct CatalogueWheel: Hashable, Sendable {
  package let fileName: WheelFileName
  package let digest: Digest
  /// In bytes, where the catalogue says so.
  package let size: Int64?
  /// Where the lock has it from; nil for what was made here.
  package let url: String?
  /// A cell that has it in it, for people.
  package let cell: CellID
  /// Whether it was made here: of a module, or of a source.
  package let isOwn: Bool
}

extension CatalogueWheel {
  /// The wheels of these bundles, each once, sorted by their names.
  ///
  /// `builtNames` says what wheels are called that ppp has built; the catalogue has the source's name only.
  ///
  /// - Throws: `PackageIndexesError.unnamed` for a wheel whose name nobody knows any more, `.ambiguous` when two bundles have
  ///   different wheels of one name.
  package static func all(
    in bundles: [BundleRecord], builtNames: [Digest: String]
  ) throws -> [CatalogueWheel] {
    var found: [String: CatalogueWheel] = [:]
    for bundle in bundles {
      let artifacts = Dictionary(bundle.artifacts.map { ($0.digest, $0) }) { first, _ in first }
      for package in bundle.packages {
        guard let digest = package.artifact else { continue }
        let artifact = artifacts[digest]
        guard let name = artifact?.fileName ?? builtNames[digest] else {
          throw PackageIndexesError.unnamed(package.name, version: package.version, cell: bundle.cell)
        }
        let wheel = CatalogueWheel(
          fileName: try WheelFileName(parsing: name), digest: digest, size: artifact?.size,
          url: artifact?.url, cell: bundle.cell, isOwn: artifact?.url == nil)
        if let other = found[name], other.digest != digest {
          throw PackageIndexesError.ambiguous(name, cells: [other.cell, bundle.cell])
        }
        found[name] = found[name] ?? wheel
      }
    }
    return found.values.sorted { $0.fileName.text < $1.fileName.text }
  }
}
