import Model

/// The file tables that were read last, since one run puts the same layers into many bundles.
///
/// A damaged layer is noticed by its bytes when a bundle is made of it, so that a kept table hides nothing.
struct TableCache {
  /// How many entries are kept in all, at some 250 bytes each.
  private static let limit = 100_000

  private var tables: [Digest: [LayerEntry]] = [:]
  private var count = 0

  subscript(digest: Digest) -> [LayerEntry]? { tables[digest] }

  mutating func keep(_ entries: [LayerEntry], of digest: Digest) {
    guard entries.count <= Self.limit / 2, tables[digest] == nil else { return }
    if count + entries.count > Self.limit {
      tables = [:]
      count = 0
    }
    tables[digest] = entries
    count += entries.count
  }

  mutating func forget(_ digest: Digest) {
    count -= tables.removeValue(forKey: digest)?.count ?? 0
  }
}
