/// The list of a layer's files, with the bytes that hold it in the layer, by which it can be kept without the layer.
package struct LayerTable: Sendable {
  package let entries: [LayerEntry]
  /// The skippable frame that ends the layer (docs/formats.md).
  package let frame: [UInt8]

  /// Nil when the bytes are damaged, or list what no layer may have.
  package init?(frame: [UInt8]) {
    guard let table = FileTable(frame: frame) else { return nil }
    entries = table.entries
    self.frame = frame
  }
}
