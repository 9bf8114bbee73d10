/// A layer of which a tree has files.
package struct PlacedLayer: Sendable {
  package let table: LayerTable
  /// Of the entries of the table; nil for what is no file, or not there yet.
  package internal(set) var stamps: [FileStamp?]
  /// The numbers of the entries that are still to be written.
  package internal(set) var missing: [Int] = []
  package internal(set) var tally = TreeWriter.Tally()

  /// A layer of an earlier tree; stamps that are not of the table's entries are none.
  package init(_ table: LayerTable, stamps: [FileStamp?]? = nil) {
    self.table = table
    self.stamps =
      stamps?.count == table.entries.count
      ? stamps ?? [] : [FileStamp?](repeating: nil, count: table.entries.count)
  }

  /// Takes the stamps anew after other trees, which had the same files under names of their own, were removed.
  package mutating func refresh(in tree: OpenDirectory) {
    for (number, entry) in table.entries.enumerated() {
      guard let stamp = stamps[number] else { continue }
      let found = FileStamp(of: entry.path, in: tree)
      stamps[number] = found.flatMap { $0.hasContent(of: stamp) ? $0 : nil }
    }
  }
}
