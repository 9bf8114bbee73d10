import FoundationEssentials
import Model

extension Catalogue {
  /// The current bundles as `catalogue.json`: UTF-8, sorted keys, a line feed at the end.
  ///
  /// It depends on nothing but what is on record: the same bundles, recorded in any order and any number of
  /// times, give the same bytes. docs/catalogue.md has the schema.
  package func export() throws -> [UInt8] {
    try CatalogueDocument(bundles: bundles()).encoded()
  }
}

/// The content of `catalogue.json`.
package struct CatalogueDocument: Hashable, Sendable, Codable {
  /// Raised when a reader of the former version could misunderstand the new one; new fields don't raise it.
  package static let currentSchemaVersion = 1

  package let schemaVersion: Int
  /// In the order of their cells.
  package let bundles: [BundleRecord]

  package init(bundles: [BundleRecord]) {
    schemaVersion = Self.currentSchemaVersion
    self.bundles = bundles.sorted { $0.cell < $1.cell }
  }

  package func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return try [UInt8](encoder.encode(self)) + [0x0a]
  }
}
